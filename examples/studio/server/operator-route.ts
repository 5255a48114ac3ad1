import type { FastifyInstance } from "fastify";

/** Where the bot has its operator's page, and what lets operators in. */
export interface OperatorAddress {
  readonly port: number;
  readonly token: string;
}

const timeoutMilliseconds = 5_000;

/**
 * Leads to the operator's page of the bot without a token to type: signs in there, and hands the cookie on to the browser,
 * which sends it to every port of this machine. Only the studio's own page leads there, or an address that was typed.
 */
export function operatorRoute(server: FastifyInstance, { port, token }: OperatorAddress): void {
  server.get("/operator", async ({ headers, hostname }, reply) => {
    const { "sec-fetch-site": site = "none" } = headers;
    if (site !== "same-origin" && site !== "none")
      return reply.code(403).send({ error: "Only the studio's own page leads there." });
    const cookie = await signIn({ port, token });
    if (cookie === undefined)
      return reply
        .code(503)
        .type("text/plain; charset=utf-8")
        .send("No bot answers now. Reload this page in a moment.\n");
    return reply.header("set-cookie", cookie).redirect(`http://${hostname}:${port}/operator/`, 303);
  });
}

/** The cookie of a session at the bot; `undefined`: it does not answer. */
async function signIn({ port, token }: OperatorAddress): Promise<string | undefined> {
  const origin = `http://127.0.0.1:${port}`;
  try {
    const { headers } = await fetch(`${origin}/operator/sign-in`, {
      method: "POST",
      headers: { origin },
      body: new URLSearchParams({ name: "studio", token }),
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    return headers.get("set-cookie") ?? undefined;
  } catch {
    return undefined;
  }
}
