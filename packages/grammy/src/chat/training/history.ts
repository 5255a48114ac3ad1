import type { SessionRepository, StorageFailure, Training } from "@likeness/core";
import { secondsBetween } from "@likeness/core";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import { z } from "zod";

/** What trainings have in common that last equally long. */
export type Sort = Pick<Training["snapshot"], "endpoint" | "preset">;

const remembered = 20;

/** How often a note is made anew because another training ended at the same moment. */
const attempts = 20;

const keyOf = ({ endpoint, preset }: Sort): string => `telegram:history:${endpoint}:${preset}`;

/** How long such trainings take here. */
export interface Usual {
  readonly seconds: number;
  /** How many trainings that is known from. */
  readonly trainings: number;
}

/**
 * How many seconds such trainings took here, from being submitted to their end: the median of the last ones. Nothing while
 * there are so few that an odd one would move it.
 */
export const usualDuration = (
  sessions: SessionRepository,
  sort: Sort,
): ResultAsync<Usual | undefined, StorageFailure> =>
  sessions.find(keyOf(sort)).map((session) => {
    const durations = readDurations(session?.value).map(({ seconds: each }) => each);
    const seconds = median(durations);
    return seconds === undefined ? undefined : { seconds, trainings: durations.length };
  });

/** Remembers how long a training took that succeeded. Noting it twice is noting it once. */
export function noteDuration(
  sessions: SessionRepository,
  { id, snapshot, state }: Pick<Training, "id" | "snapshot" | "state">,
  left = attempts,
): ResultAsync<void, StorageFailure> {
  if (state.status !== "succeeded") return okAsync(undefined);
  const key = keyOf(snapshot);
  const seconds = secondsBetween(state.submittedAt, state.finishedAt);
  return sessions.find(key).andThen((session) => {
    const known = readDurations(session?.value);
    if (known.some(({ trainingId }) => trainingId === id)) return okAsync(undefined);
    const durations = [...known, { trainingId: id, seconds }].slice(-remembered);
    return sessions
      .save({ key, value: { durations }, version: session?.version ?? 0 })
      .map(() => undefined)
      .orElse((error) => {
        if (error.type === "storage-failure") return errAsync(error);
        if (left <= 1) return errAsync({ type: "storage-failure", cause: error } as const);
        return noteDuration(sessions, { id, snapshot, state }, left - 1);
      });
  });
}

/** Two that differ by more than this say nothing together: one of them is odd, and nobody can tell which. */
const agreement = 4;

function median(numbers: readonly number[]): number | undefined {
  const sorted = numbers.toSorted((left, right) => left - right);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined || high > agreement * low ? undefined : (low + high) / 2;
}

const readDurations = (value: unknown) => stored.safeParse(value).data?.durations ?? [];

const stored = z.object({
  durations: z.array(z.object({ trainingId: z.string(), seconds: z.number() })),
});
