import type { Likeness } from "@likeness/core";

/** Where Telegram sends the bot's updates: the path of the URL that `setWebhook` was given. */
export const updatesPath = "/telegram";

/** What a server serves of a bot whose updates come by webhook. */
export interface Endpoints extends Pick<Likeness, "webhooks"> {
  /** A `telegramEndpoint` of `@likeness/grammy`. */
  readonly updates: (request: Request) => Promise<Response>;
}
