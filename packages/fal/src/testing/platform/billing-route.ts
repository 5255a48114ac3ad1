import { json, refuse, type Call, type Route } from "../wire/call.ts";

/** `GET /v1/account/billing`; a key without `billing:usage:read` gets 403. https://fal.ai/docs/platform-apis/v1/account/billing */
export const billingRoute = (balance: () => number | undefined): Route => ({
  name: "billing",
  method: "GET",
  pattern: /^\/v1\/account\/billing$/,
  takes: { key: true },
  handle: ({ url }: Call) => {
    const left = balance();
    if (left === undefined) return refuse(403, "This endpoint requires an Admin API key");
    const credits = { current_balance: left, currency: "USD" };
    return json(200, {
      username: "fal-fake",
      ...(url.searchParams.getAll("expand").includes("credits") && { credits }),
    });
  },
});
