import type { Timestamp } from "@likeness/core";
import type { WebhookAnswer } from "./webhook-schedule.ts";

/** One attempt to deliver a webhook, and its result. */
export interface FalFakeDelivery {
  readonly requestId: string;
  /** 1 for the first. */
  readonly attempt: number;
  readonly at: Timestamp;
  /** The status code, or why there is none. */
  readonly answer: WebhookAnswer;
}
