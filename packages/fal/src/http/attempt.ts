import { ResultAsync } from "neverthrow";
import { silence, type FalFailure } from "./failure.ts";
import { plainDetail } from "./plain-detail.ts";

const failures = new WeakMap<Error, FalFailure>();

/**
 * A failure in the form that `fetch` and `@fal-ai/client` understand. It carries nothing that the client takes for a
 * reason to try again: retrying is the business of the job that asked.
 */
export function throwable(failure: FalFailure): Error {
  const error = new Error(failure.detail);
  failures.set(error, failure);
  return error;
}

/** Runs what may throw. The only place where thrown things become values. */
export const attempt = <T>(work: () => Promise<T>): ResultAsync<T, FalFailure> =>
  ResultAsync.fromPromise(Promise.resolve().then(work), failureOf);

function failureOf(thrown: unknown): FalFailure {
  if (!(thrown instanceof Error)) return silence("unknown failure");
  const known = failures.get(thrown);
  if (known) return known;
  // Its message quotes from the answer, whatever that holds.
  if (thrown instanceof SyntaxError) return silence("the answer cannot be read");
  return silence(plainDetail(thrown.message));
}
