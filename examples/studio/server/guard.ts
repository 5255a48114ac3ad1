import type { FastifyInstance } from "fastify";

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join("; ");

const headers = {
  "content-security-policy": policy,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
} as const;

const loopback: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * Only the studio's own pages may use the studio. A server on loopback can still be reached by any site in the same
 * browser: through a host name that resolves to loopback (so `Host` is checked) and by forms (so `Origin` is checked).
 */
export function guard(server: FastifyInstance): void {
  server.addHook("onRequest", async (request, reply) => {
    void reply.headers(headers);
    const { host = "", origin } = request.headers;
    if (!loopback.has(host.replace(/:\d+$/, ""))) return reply.code(421).send({ error: "This is not that host." });
    const foreign =
      origin === undefined ? request.method !== "GET" && isCrossSite(request.headers) : origin !== `http://${host}`;
    if (foreign) return reply.code(403).send({ error: "Only the studio's own page may do this." });
  });
}

/** Browsers state the site of a request even without an `Origin`. Other programs need not send either. */
const isCrossSite = (sent: Readonly<Record<string, unknown>>): boolean =>
  sent["sec-fetch-site"] !== undefined && sent["sec-fetch-site"] !== "same-origin";
