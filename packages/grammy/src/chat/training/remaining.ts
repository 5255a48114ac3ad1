import { secondsBetween, type StorageFailure, type Training } from "@likeness/core";
import { okAsync, type ResultAsync } from "neverthrow";
import type { Remaining } from "../../texts/texts.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { usualDuration, type Sort, type Usual } from "./history.ts";

/** How long such trainings take here, in whole minutes; `undefined` before the first one has ended. */
export const usualMinutes = (
  { store }: Pick<ChatPorts, "store">,
  sort: Sort,
): ResultAsync<number | undefined, StorageFailure> =>
  usualDuration(store.sessions, sort).map((usual) => usual && minutes(usual.seconds));

/**
 * How long a training still takes, estimated from how long earlier ones ran and since when the provider reports this
 * one as running. The provider's percentage is not used: it covers only the training steps, not what comes before and
 * after them.
 */
export function remaining(
  { store, clock }: Pick<ChatPorts, "store" | "clock">,
  { snapshot, state }: Training,
): ResultAsync<Remaining, StorageFailure> {
  if (state.status === "unknown") return okAsync(undefined);
  const startedAt = state.status === "submitted" ? state.progress.startedAt : undefined;
  const elapsed = startedAt === undefined ? 0 : secondsBetween(startedAt, clock.now());
  return usualDuration(store.sessions, snapshot).map((usual) => {
    if (usual === undefined) return undefined;
    if (elapsed < usual.seconds) return minutes(usual.seconds - elapsed);
    return isOverrun(elapsed, usual) ? "overrun" : undefined;
  });
}

/** One or two trainings are not enough to call another one slow. */
const fewest = 3;

/** Trainings vary, so one counts as slow only when it takes this much longer than the median. */
const slack = { factor: 1.5, seconds: 120 };

const isOverrun = (elapsed: number, { seconds, trainings }: Usual): boolean =>
  trainings >= fewest && elapsed >= Math.max(slack.factor * seconds, seconds + slack.seconds);

/** At least 1: a few seconds are shown as about a minute. */
const minutes = (seconds: number): number => Math.max(1, Math.round(seconds / 60));
