import type { FastifyPluginAsync, FastifyRequest, RouteHandlerMethod } from "fastify";
import type { ResultAsync } from "neverthrow";
import { routeOf } from "./addresses.ts";

/**
 * What has to work before the process may get traffic, by name. An `Err` fails the check; `{ type: "starting" }` and
 * `{ type: "ending" }` are expected and logged as `info`.
 */
export type ReadinessChecks = Readonly<Record<string, () => ResultAsync<unknown, unknown>>>;

/** A path below `prefix` each, or `false` for none. */
export interface ProbePaths {
  /** Default: `/health` */
  readonly health?: string | false | undefined;
  /** Default: `/ready` */
  readonly ready?: string | false | undefined;
}

/** Health: the process lives. Readiness: every check passes, or which one does not. */
export const probes =
  (checks: ReadinessChecks, { health = "/health", ready = "/ready" }: ProbePaths): FastifyPluginAsync =>
  async (scope) => {
    const probe = (path: string | false, handler: RouteHandlerMethod): void => {
      if (path === false) return;
      const route = routeOf("", path);
      const url = `${scope.prefix}${route}`;
      if (scope.hasRoute({ method: "GET", url }))
        throw new Error(`GET ${url} is there already: give the option probes another path, or false for none`);
      scope.get(route, handler);
    };

    probe(health, async (_request, reply) => reply.header("cache-control", "no-store").send({ status: "ok" }));

    // A check is logged only when its result changes, because probes come every few seconds.
    const said = new Map<string, string>();
    const log = (name: string, cause: Failure | undefined, { log: logger }: FastifyRequest): void => {
      const [before, now] = [said.get(name) ?? "ok", cause ? typeOf(cause.of) : "ok"];
      said.set(name, now);
      if (now === before) return;
      if (!cause) logger.info({ check: name }, "ready again");
      else logger[expected.has(now) ? "info" : "warn"]({ check: name, err: cause.of }, "not ready");
    };

    probe(ready, async (request, reply) => {
      const outcomes = await Promise.all(
        Object.entries(checks).map(async ([name, check]) => {
          const cause = await failureOf(check);
          log(name, cause, request);
          return [name, cause ? "failed" : "ok"] as const;
        }),
      );
      const isReady = outcomes.every(([, outcome]) => outcome === "ok");
      return reply
        .code(isReady ? 200 : 503)
        .header("cache-control", "no-store")
        .send({ status: isReady ? "ready" : "not-ready", checks: Object.fromEntries(outcomes) });
    });
  };

interface Failure {
  readonly of: unknown;
}

const expected: ReadonlySet<string> = new Set(["starting", "ending"]);

const typeOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "type" in error ? String(error.type) : "failed";

/** A check that throws counts as failed. */
async function failureOf(check: ReadinessChecks[string]): Promise<Failure | undefined> {
  try {
    const result = await check();
    return result.isErr() ? { of: result.error } : undefined;
  } catch (error) {
    return { of: error };
  }
}
