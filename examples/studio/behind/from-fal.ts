import type { FalFakeRequest } from "@likeness/fal/testing";
import type { News } from "./happenings.ts";

/** A request of the bot to fal. Queries are left out: they hold the address of the webhook with its token. */
export function newsOfRequest(request: Request, response: Response, seen: readonly FalFakeRequest[]): News {
  const { pathname } = new URL(request.url);
  const body = seen.findLast(({ path, method }) => path === pathname && method === request.method)?.body;
  return {
    kind: "fal",
    line: `${request.method} ${pathname}: ${response.status || "connection closed"}`,
    trouble: !response.ok,
    details: body ? JSON.stringify(body, undefined, 2) : undefined,
  };
}

export function newsOfDelivery(url: string, body: string, status: number): News {
  return {
    kind: "webhook",
    line: `POST ${new URL(url).pathname}: ${status}`,
    trouble: status !== 200,
    details: body,
  };
}
