import type { Credits, CreditsFailure, CreditsRefused } from "@likeness/core";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";

export interface CreditsCall {
  readonly method: keyof Credits;
  readonly orderId: string;
}

export interface RecordingCredits extends Credits {
  /** Every call in order, failed ones too. */
  readonly calls: readonly CreditsCall[];
  /** The last successful call for a training. */
  lastOf(orderId: string): keyof Credits | undefined;
  /** Makes the next reservation be refused. */
  refuseNext(detail: string): void;
  /** Makes the next call of a method fail. */
  failNext(method: keyof Credits): void;
}

/** Credits that accept every reservation by default. */
export function recordingCredits(): RecordingCredits {
  const calls: CreditsCall[] = [];
  const last = new Map<string, keyof Credits>();
  const refusals: CreditsRefused[] = [];
  const failing: (keyof Credits)[] = [];

  const call = (method: keyof Credits, orderId: string): ResultAsync<void, CreditsFailure> => {
    calls.push({ method, orderId });
    if (failing.includes(method)) {
      failing.splice(failing.indexOf(method), 1);
      return errAsync({ type: "credits-failure", cause: "on purpose" });
    }
    last.set(orderId, method);
    return okAsync(undefined);
  };

  return {
    calls,
    lastOf: (orderId) => last.get(orderId),
    refuseNext: (detail) => {
      refusals.push({ type: "credits-refused", detail });
    },
    failNext: (method) => {
      failing.push(method);
    },
    reserve: ({ id }) => {
      const refusal = refusals.shift();
      if (!refusal) return call("reserve", id);
      calls.push({ method: "reserve", orderId: id });
      return errAsync(refusal);
    },
    capture: (orderId) => call("capture", orderId),
    release: (orderId) => call("release", orderId),
  };
}
