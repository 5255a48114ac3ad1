import type { Likeness } from "@likeness/core";

/** What `app/api/v1/avatar/status_update/route.ts` of Next exports. */
export function nextRoute({ webhooks }: Pick<Likeness, "webhooks">) {
  const { handle: POST } = webhooks;
  return { POST };
}
