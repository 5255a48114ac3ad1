/** An error as the API says it. */
export const problem = (status: number, detail: string, more: Readonly<Record<string, unknown>> = {}): Response =>
  Response.json({ detail, status, ...more }, { status });

export const notFound = (): Response => problem(404, "The requested resource could not be found.");

export const invalidVersion = (): Response =>
  problem(422, "The specified version does not exist (or perhaps you don't have permission to use it?)", {
    title: "Invalid version or not permitted",
  });

export const throttled = (seconds: number): Response =>
  problem(429, `Request was throttled. Your rate limit resets in ~${seconds}s.`);

const gateway = (status: number, title: string): Response =>
  new Response(`<html><head><title>${status} ${title}</title></head></html>`, {
    status,
    headers: { "content-type": "text/html" },
  });

export const gatewayTimeout = (): Response => gateway(504, "Gateway Time-out");

export const tooLarge = (): Response => gateway(413, "Request Entity Too Large");
