import { secondsBetween, type StorageFailure, type Training } from "@likeness/core";
import { okAsync, type ResultAsync } from "neverthrow";
import type { Remaining } from "../../texts/texts.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { usualSeconds, type Sort } from "./history.ts";

/** How long such trainings take here, in whole minutes; `undefined` before the first one has ended. */
export const usualMinutes = (
  { store }: Pick<ChatPorts, "store">,
  sort: Sort,
): ResultAsync<number | undefined, StorageFailure> =>
  usualSeconds(store.sessions, sort).map((seconds) => (seconds === undefined ? undefined : minutes(seconds)));

/**
 * How long a training still takes, going by those before it. What the provider says about percent is not asked: it covers
 * the steps alone, not the queue before them nor what comes after.
 */
export function remaining(
  { store, clock }: Pick<ChatPorts, "store" | "clock">,
  { snapshot, state }: Training,
): ResultAsync<Remaining, StorageFailure> {
  if (state.status === "unknown") return okAsync(undefined);
  const elapsed = state.status === "submitted" ? secondsBetween(state.submittedAt, clock.now()) : 0;
  return usualSeconds(store.sessions, snapshot).map((usual) => {
    if (usual === undefined) return undefined;
    return elapsed < usual ? minutes(usual - elapsed) : "overrun";
  });
}

/** Never none: something that takes seconds takes about a minute. */
const minutes = (seconds: number): number => Math.max(1, Math.round(seconds / 60));
