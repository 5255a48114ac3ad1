import type { Json } from "../values/json.ts";
import type { Timestamp } from "../values/timestamp.ts";
import { requestOf, type Training } from "./training.ts";
import { withoutUndefined } from "../values/without-undefined.ts";
import type { TrainingTrace } from "../ports/training-provider.ts";

/** What to erase at the provider; `undefined` while nothing of the training can have reached it. */
export function traceOf(training: Training): TrainingTrace | undefined {
  const { id: trainingId, snapshot, state, createdAt } = training;
  const { endpoint, archiveField } = snapshot;
  const { requestId, statusUrl, cancelUrl } = requestOf(training) ?? {};
  const { archiveUrl } = state;
  // A failed training does not store when it was submitted, which cannot have been before it was created.
  const madeAt = state.status === "failed" ? createdAt : undefined;
  const submitStartedAt = "submitStartedAt" in state ? state.submitStartedAt : madeAt;
  if (archiveUrl === undefined && requestId === undefined) return undefined;
  const known = withoutUndefined({ archiveUrl, submitStartedAt, requestId, statusUrl, cancelUrl });
  return { trainingId, endpoint, archiveField, ...known };
}

/** What is left of an erased training until the provider has erased its part. */
export interface ErasedTraining {
  readonly trace: TrainingTrace;
  /** Absent, like `until`, in jobs of version 0.1. */
  readonly avatarId?: string | undefined;
  /** The time of the last attempt. */
  readonly until?: Timestamp | undefined;
}

/** Reads it from the payload of a job; `undefined` when there is none. */
export function erasedIn(payload: Json): ErasedTraining | undefined {
  const strings: Partial<Record<string, string>> = Object.fromEntries(
    Object.entries(payload ?? {}).filter(([, value]) => typeof value === "string"),
  );
  const { trainingId, endpoint, archiveField, avatarId, until, ...known } = strings;
  if (trainingId === undefined || endpoint === undefined || archiveField === undefined) return undefined;
  return { trace: { trainingId, endpoint, archiveField, ...known }, avatarId, until };
}
