import type { Endpoints } from "./endpoints.ts";

/** What `app/api/v1/avatar/status_update/route.ts` of Next exports. */
export function nextRoute({ webhooks }: Pick<Endpoints, "webhooks">) {
  const { handle: POST } = webhooks;
  return { POST };
}

/** What `app/telegram/route.ts` exports. */
export function nextUpdatesRoute({ updates: POST }: Pick<Endpoints, "updates">) {
  return { POST };
}
