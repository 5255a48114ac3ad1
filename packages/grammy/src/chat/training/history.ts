import type { SessionRepository, StorageFailure, Training } from "@likeness/core";
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
 * How many seconds such trainings ran, as their provider timed them, without their time in its queue: the median of the
 * last ones here. Nothing while there are so few that an odd one would move it.
 */
export const usualDuration = (
  sessions: SessionRepository,
  sort: Sort,
): ResultAsync<Usual | undefined, StorageFailure> =>
  sessions.find(keyOf(sort)).map((session) => {
    const durations = readDurations(session?.value).map(({ trainedSeconds }) => trainedSeconds);
    const seconds = median(durations);
    return seconds === undefined ? undefined : { seconds, trainings: durations.length };
  });

/** Remembers how long a training ran that its provider has timed. Noting it twice is noting it once. */
export function noteDuration(
  sessions: SessionRepository,
  { id, snapshot, state }: Pick<Training, "id" | "snapshot" | "state">,
  left = attempts,
): ResultAsync<void, StorageFailure> {
  const trainedSeconds = state.status === "succeeded" ? state.model.trainedSeconds : undefined;
  if (trainedSeconds === undefined) return okAsync(undefined);
  const key = keyOf(snapshot);
  return sessions.find(key).andThen((session) => {
    const known = readDurations(session?.value);
    if (known.some(({ trainingId }) => trainingId === id)) return okAsync(undefined);
    const durations = [...known, { trainingId: id, trainedSeconds }].slice(-remembered);
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

/** What was noted by our own clock, under another name, is not read. */
const stored = z.object({
  durations: z.array(z.object({ trainingId: z.string(), trainedSeconds: z.number() })),
});
