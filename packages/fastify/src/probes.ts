import type { FastifyPluginAsync } from "fastify";
import type { ResultAsync } from "neverthrow";

/** What has to work before traffic may come, by name. An `Err` fails the check. */
export type ReadinessChecks = Readonly<Record<string, () => ResultAsync<unknown, unknown>>>;

/** `GET /health`: the process lives. `GET /ready`: every check passes, or which one does not. */
export const probes =
  (checks: ReadinessChecks): FastifyPluginAsync =>
  async (scope) => {
    scope.get("/health", async (_request, reply) => reply.header("cache-control", "no-store").send({ status: "ok" }));

    scope.get("/ready", async (request, reply) => {
      const outcomes = await Promise.all(
        Object.entries(checks).map(async ([name, check]) => {
          const cause = await failureOf(check);
          if (cause) request.log.warn({ check: name, err: cause.of }, "not ready");
          return [name, cause ? "failed" : "ok"] as const;
        }),
      );
      const ready = outcomes.every(([, outcome]) => outcome === "ok");
      return reply
        .code(ready ? 200 : 503)
        .header("cache-control", "no-store")
        .send({ status: ready ? "ready" : "not-ready", checks: Object.fromEntries(outcomes) });
    });
  };

/** A check that throws has failed like any other. */
async function failureOf(check: ReadinessChecks[string]): Promise<{ of: unknown } | undefined> {
  try {
    const result = await check();
    return result.isErr() ? { of: result.error } : undefined;
  } catch (error) {
    return { of: error };
  }
}
