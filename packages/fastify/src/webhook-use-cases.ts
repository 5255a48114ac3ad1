import type { Likeness } from "@likeness/core";

/** What the webhook endpoint calls: the facade of `createLikeness`, or these two of it. */
export type WebhookUseCases = Pick<Likeness, "admitWebhook" | "receiveWebhook">;
