import type { SessionRepository, StorageFailure, Training } from "@likeness/core";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import { z } from "zod";

/** The properties that determine how long a training lasts. */
export type Sort = Pick<Training["snapshot"], "endpoint" | "preset">;

const remembered = 20;

/** How often a write is repeated after a version conflict with another training that ended at the same time. */
const attempts = 20;

const keyOf = ({ endpoint, preset }: Sort): string => `telegram:history:${endpoint}:${preset}`;

/** How long such trainings take here. */
export interface Usual {
  readonly seconds: number;
  /** The number of trainings that this was computed from. */
  readonly trainings: number;
}

/**
 * How many seconds such trainings ran, as measured by the provider, without their time in its queue: the median of the
 * last ones in this deployment. `undefined` while there are so few that a single outlier would move the median.
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

/** Stores how long a training ran, as measured by the provider. Safe to repeat. */
export function noteDuration(
  sessions: SessionRepository,
  { id, snapshot, state }: Pick<Training, "id" | "snapshot" | "state">,
  left = attempts,
): ResultAsync<void, StorageFailure> {
  const trainedSeconds = state.status === "succeeded" ? state.ranSeconds : undefined;
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

/** If two trainings differ by more than this factor, one is an outlier, and it is not known which. */
const agreement = 4;

function median(numbers: readonly number[]): number | undefined {
  const sorted = numbers.toSorted((left, right) => left - right);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined || high > agreement * low ? undefined : (low + high) / 2;
}

const readDurations = (value: unknown) => stored.safeParse(value).data?.durations ?? [];

/** Earlier versions stored times of our own clock under another name, which is not read. */
const stored = z.object({
  durations: z.array(z.object({ trainingId: z.string(), trainedSeconds: z.number() })),
});
