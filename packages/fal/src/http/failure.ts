import type { ProviderError, ProviderUnavailable, RequestNotFound } from "@likeness/core";

/** fal answered, with an error status. */
export interface FalAnswer {
  readonly type: "answer";
  readonly status: number;
  /** Safe for people and logs. */
  readonly detail: string;
  readonly retryAfterSeconds?: number;
  /** Parsed, if it was JSON. */
  readonly body?: unknown;
}

/** There was no answer, or it could not be read. */
export interface FalSilence {
  readonly type: "silence";
  readonly detail: string;
  /** Whether the request may have reached the host. */
  readonly sent: "never" | "perhaps";
}

/** Why a call failed. Each operation decides what that means for it. */
export type FalFailure = FalAnswer | FalSilence;

export const silence = (detail: string, sent: FalSilence["sent"] = "perhaps"): FalSilence => ({
  type: "silence",
  detail,
  sent,
});

/** Whether the same request may be answered differently later. */
export const isPassing = (failure: FalFailure): boolean =>
  failure.type === "silence" || failure.status >= 500 || [408, 425, 429].includes(failure.status);

/** A failed call as an error of the port, for calls that are not about one request. */
export function providerError(failure: FalFailure): ProviderError {
  if (failure.type === "answer" && !isPassing(failure))
    return { type: "provider-refused", status: failure.status, detail: failure.detail };
  return unavailable(failure);
}

/** The same for a call about one request. */
export const requestError = (failure: FalFailure): ProviderError | RequestNotFound =>
  isGone(failure) ? { type: "request-not-found" } : providerError(failure);

/** Whether fal does not know the request, or no longer knows it. */
export const isGone = (failure: FalFailure): boolean =>
  failure.type === "answer" && (failure.status === 404 || failure.status === 410);

function unavailable(failure: FalFailure): ProviderUnavailable {
  const wait = failure.type === "answer" ? failure.retryAfterSeconds : undefined;
  const error: ProviderUnavailable = { type: "provider-unavailable", detail: failure.detail };
  return wait === undefined ? error : { ...error, retryAfterSeconds: wait };
}
