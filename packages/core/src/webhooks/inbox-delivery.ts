import type { Timestamp } from "../values/timestamp.ts";

/** The outcome of a delivery. */
export const inboxOutcomes = [
  /** It changed the order. For a channel's delivery: it was handled. */
  "applied",
  /** The order had ended already; a late result is stored with it. */
  "late",
  /**
   * It says nothing new, announces a result that the provider does not return now and the poll asks for, or is of a
   * provider that is not there any more.
   */
  "ignored",
  /** It names another request id than the order's own, or an order that was never submitted. */
  "foreign",
  /** There is no such order: it was erased, or the database was restored from an older backup. */
  "unknown_order",
  /** Its signature is valid, but its body cannot be parsed. */
  "malformed",
  /** It was stored while the keys could not be fetched, and its signature is wrong. Such a delivery is deleted. */
  "forged",
  /** It could not be verified or applied before the deadline. */
  "given_up",
  /** Its owner was erased. Only its id stays, so that it is not handled when it comes again. */
  "erased",
] as const;

export type InboxOutcome = (typeof inboxOutcomes)[number];

/** One delivery of a webhook, or of a chat platform's update, stored before it is answered. */
export interface InboxDelivery {
  readonly id: string;
  /** Name of the provider or of the channel, e.g. `fal`, `telegram`. */
  readonly source: string;
  /** From the delivery's headers. For a channel's delivery: the channel's own id of it, e.g. Telegram's update id. */
  readonly requestId: string;
  /** Hex SHA-256 of the body. */
  readonly digest: string;
  /** Absent for a channel's delivery, which is about no order. */
  readonly orderId?: string | undefined;
  /** Of a channel's delivery, if the channel knows: whose it is. */
  readonly ownerId?: string | undefined;
  /** Only the headers that the receiver needs to verify it later; empty once there is an outcome. Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty once there is an outcome. */
  readonly body: Uint8Array;
  readonly receivedAt: Timestamp;
  /** False when it was stored while the keys could not be fetched: it has no effect before it is verified. */
  readonly verified: boolean;
  readonly outcome?: InboxOutcome | undefined;
  readonly settledAt?: Timestamp | undefined;
}
