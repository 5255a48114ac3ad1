import type { ProviderError, ProviderUnavailable, RequestNotFound } from "@likeness/core";

/** fal answered, with an error status. */
export interface FalAnswer {
  readonly type: "answer";
  readonly status: number;
  /** Fit for people and logs. */
  readonly detail: string;
  readonly retryAfterSeconds?: number;
  /** Parsed, if it was JSON. */
  readonly body?: unknown;
}

/** No answer, or none that can be read. */
export interface FalSilence {
  readonly type: "silence";
  readonly detail: string;
  /** Whether the request can have reached anybody. */
  readonly sent: "never" | "perhaps";
}

/** Why a call gave nothing. What that means is for each operation to say. */
export type FalFailure = FalAnswer | FalSilence;

export const silence = (detail: string, sent: FalSilence["sent"] = "perhaps"): FalSilence => ({
  type: "silence",
  detail,
  sent,
});

/** An answer that may be another one later. */
export const isPassing = (failure: FalFailure): boolean =>
  failure.type === "silence" || failure.status >= 500 || [408, 425, 429].includes(failure.status);

/** A failed call as the port says it, where an unknown request is nothing special. */
export function providerError(failure: FalFailure): ProviderError {
  if (failure.type === "answer" && !isPassing(failure))
    return { type: "provider-refused", status: failure.status, detail: failure.detail };
  return unavailable(failure);
}

/** The same for a call about one request. */
export const requestError = (failure: FalFailure): ProviderError | RequestNotFound =>
  isGone(failure) ? { type: "request-not-found" } : providerError(failure);

/** fal does not know what was asked for, or no longer. */
export const isGone = (failure: FalFailure): boolean =>
  failure.type === "answer" && (failure.status === 404 || failure.status === 410);

function unavailable(failure: FalFailure): ProviderUnavailable {
  const wait = failure.type === "answer" ? failure.retryAfterSeconds : undefined;
  const error: ProviderUnavailable = { type: "provider-unavailable", detail: failure.detail };
  return wait === undefined ? error : { ...error, retryAfterSeconds: wait };
}
