import type { Timestamp } from "./timestamp.ts";

/** What became of a delivery. */
export const inboxOutcomes = [
  /** It changed the training; of a face's delivery, it was handled. */
  "applied",
  /** The training was over; a late result is kept on it. */
  "late",
  /** It says nothing new, or announces a result that the provider does not hand out now and is asked for anyway. */
  "ignored",
  /** Another request id than the training's own, or one for a training that was never sent: things were mixed up. */
  "foreign",
  /** No such training: erased, or a restored backup. */
  "unknown_training",
  /** Verified, but unreadable. */
  "malformed",
  /** Stored while the keys were out of reach; the signature turned out to be wrong. Such a delivery is deleted. */
  "forged",
  /** It could not be verified or applied for too long. */
  "given_up",
] as const;

export type InboxOutcome = (typeof inboxOutcomes)[number];

/** One delivery of a webhook, or of a chat platform's update, stored before it is answered. */
export interface InboxDelivery {
  readonly id: string;
  /** Name of the provider or of the face, e.g. `fal`, `telegram`. */
  readonly source: string;
  /** From the delivery's headers; of a face's delivery, whatever tells it from others, e.g. the update's id. */
  readonly requestId: string;
  /** Hex SHA-256 of the body. */
  readonly digest: string;
  /** Absent: the delivery is about no training; it belongs to a face. */
  readonly trainingId?: string | undefined;
  /** Only those that the receiver needs to verify again, as long as there is no outcome. Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty once there is an outcome. */
  readonly body: Uint8Array;
  readonly receivedAt: Timestamp;
  /** False while the keys were out of reach: it has no effect before it is verified. */
  readonly verified: boolean;
  readonly outcome?: InboxOutcome | undefined;
  readonly settledAt?: Timestamp | undefined;
}
