import type { Update } from "grammy/types";
import { ResultAsync } from "neverthrow";
import { isUrgent } from "./take-urgent.ts";
import type { ReceiveUpdate } from "./receive-update.ts";

/** Answers an update that has to be answered within seconds. Never rejects; `undefined`: the update can wait. */
export type AnswerAtOnce = (update: Update) => Promise<void> | undefined;

/** Answers what must not wait where it is received, instead of storing it. */
export const withoutWaiting =
  (answer: AnswerAtOnce | undefined, receive: ReceiveUpdate): ReceiveUpdate =>
  (update) => {
    const answering = isUrgent(update) ? answer?.(update) : undefined;
    return answering ? ResultAsync.fromSafePromise(answering).map(() => "new" as const) : receive(update);
  };
