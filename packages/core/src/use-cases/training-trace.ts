import type { Json } from "../domain/json.ts";
import type { Timestamp } from "../domain/timestamp.ts";
import { requestOf, type Training } from "../domain/training.ts";
import { withoutUndefined } from "../domain/without-undefined.ts";
import type { TrainingTrace } from "../ports/training-provider.ts";

/** What a provider may keep something of; `undefined` while nothing of the training can have reached it. */
export function traceOf(training: Training): TrainingTrace | undefined {
  const { id: trainingId, snapshot, state, createdAt } = training;
  const { endpoint, archiveField } = snapshot;
  const { requestId, statusUrl, cancelUrl } = requestOf(training) ?? {};
  const { archiveUrl } = state;
  // A failed one does not say when it was sent, and not before it was made.
  const madeAt = state.status === "failed" ? createdAt : undefined;
  const submitStartedAt = "submitStartedAt" in state ? state.submitStartedAt : madeAt;
  if (archiveUrl === undefined && requestId === undefined) return undefined;
  const known = withoutUndefined({ archiveUrl, submitStartedAt, requestId, statusUrl, cancelUrl });
  return { trainingId, endpoint, archiveField, ...known };
}

/** What is left of an erased training until the provider has erased its part. */
export interface ErasedTraining {
  readonly trace: TrainingTrace;
  /** Absent in jobs of version 0.1, and so is the next. */
  readonly avatarId?: string | undefined;
  /** When the provider is asked for the last time. */
  readonly until?: Timestamp | undefined;
}

/** The one in the payload of a job; `undefined` when there is none. */
export function erasedIn(payload: Json): ErasedTraining | undefined {
  const texts: Partial<Record<string, string>> = Object.fromEntries(
    Object.entries(payload ?? {}).filter(([, value]) => typeof value === "string"),
  );
  const { trainingId, endpoint, archiveField, avatarId, until, ...known } = texts;
  if (trainingId === undefined || endpoint === undefined || archiveField === undefined) return undefined;
  return { trace: { trainingId, endpoint, archiveField, ...known }, avatarId, until };
}
