import type { Timestamp } from "@likeness/core";
import type { Result } from "neverthrow";
import type { Refusal } from "./refusal.ts";

/** A file that came with a call. */
export interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The parameters of a call, in any encoding. */
export interface Payload {
  /** Numbers, flags and JSON are read: `chat_id: "42"` of a form is `42`. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** By the name of their part. */
  readonly uploads: ReadonlyMap<string, Upload>;
}

/** A call of a method by the bot. */
export interface BotCall extends Payload {
  /** As Telegram spells it. */
  readonly method: string;
  /** Aborted when the bot has gone. */
  readonly signal: AbortSignal;
}

/** A success; some come with a word about it. */
export interface Success {
  readonly result: unknown;
  readonly description?: string;
}

export type MethodResult = Result<Success, Refusal>;

/** A call of the bot, for tests. */
export interface TelegramCall {
  /** As the bot spelled it. */
  readonly method: string;
  /** Uploads are shown as `{ name, size }` where their `attach://` stood. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly at: Timestamp;
  /** The body of the answer; `"pending"`, or `"lost"` when the connection was closed instead. */
  readonly answer: Readonly<Record<string, unknown>> | "pending" | "lost";
}
