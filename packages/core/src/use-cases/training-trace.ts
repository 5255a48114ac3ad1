import type { Json } from "../domain/json.ts";
import { requestOf, type Training } from "../domain/training.ts";
import { withoutUndefined } from "../domain/without-undefined.ts";
import type { TrainingTrace } from "../ports/training-provider.ts";

/** What a provider may keep something of; `undefined` while nothing of the training can have reached it. */
export function traceOf(training: Training): TrainingTrace | undefined {
  const { id: trainingId, snapshot, state } = training;
  const { endpoint, archiveField } = snapshot;
  const { requestId, statusUrl, cancelUrl } = requestOf(training) ?? {};
  const archiveUrl = "archiveUrl" in state ? state.archiveUrl : undefined;
  const submitStartedAt = "submitStartedAt" in state ? state.submitStartedAt : undefined;
  if (archiveUrl === undefined && requestId === undefined) return undefined;
  const known = withoutUndefined({ archiveUrl, submitStartedAt, requestId, statusUrl, cancelUrl });
  return { trainingId, endpoint, archiveField, ...known };
}

/** The trace in the payload of a job; `undefined` when there is none. */
export function traceIn(payload: Json): TrainingTrace | undefined {
  const texts: Partial<Record<string, string>> = Object.fromEntries(
    Object.entries(payload ?? {}).filter(([, value]) => typeof value === "string"),
  );
  const { trainingId, endpoint, archiveField, ...known } = texts;
  if (trainingId === undefined || endpoint === undefined || archiveField === undefined) return undefined;
  return { trainingId, endpoint, archiveField, ...known };
}
