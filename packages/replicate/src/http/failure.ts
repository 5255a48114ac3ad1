import type { ProviderError, RequestNotFound } from "@likeness/core";

/** Replicate answered, with an error status. */
export interface ReplicateAnswer {
  readonly type: "answer";
  readonly status: number;
  /** Safe for people and logs. */
  readonly detail: string;
  readonly retryAfterSeconds?: number | undefined;
}

/** There was no answer, or it could not be read. */
export interface ReplicateSilence {
  readonly type: "silence";
  readonly detail: string;
  /** Whether the request may have reached Replicate. */
  readonly sent: "never" | "perhaps";
}

/** Why a call failed. Each operation decides what that means for it. */
export type ReplicateFailure = ReplicateAnswer | ReplicateSilence;

export const silence = (detail: string, sent: ReplicateSilence["sent"] = "perhaps"): ReplicateSilence => ({
  type: "silence",
  detail,
  sent,
});

const isPassing = ({ status }: ReplicateAnswer): boolean => status >= 500 || [408, 425, 429].includes(status);

/** A failed call as an error of the port, for calls that are not about one request. */
export function providerError(failure: ReplicateFailure): ProviderError {
  const { detail } = failure;
  if (failure.type === "silence") return { type: "provider-unavailable", detail };
  const { status, retryAfterSeconds } = failure;
  if (!isPassing(failure)) return { type: "provider-refused", status, detail };
  return { type: "provider-unavailable", detail, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
}

/** The same for a call about one request. */
export const requestError = (failure: ReplicateFailure): ProviderError | RequestNotFound =>
  failure.type === "answer" && failure.status === 404 ? { type: "request-not-found" } : providerError(failure);
