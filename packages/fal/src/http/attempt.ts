import { ResultAsync } from "neverthrow";
import { silence, type FalFailure } from "./failure.ts";
import { plainDetail } from "./plain-detail.ts";

const failures = new WeakMap<Error, FalFailure>();

/**
 * A failure as an error for `fetch` and `@fal-ai/client`. It has none of the fields by which the client decides to
 * retry, because the job that asked does the retries.
 */
export function throwable(failure: FalFailure): Error {
  const error = new Error(failure.detail);
  failures.set(error, failure);
  return error;
}

/** Runs code that may throw. The only place where exceptions become values. */
export const attempt = <T>(work: () => Promise<T>): ResultAsync<T, FalFailure> =>
  ResultAsync.fromPromise(Promise.resolve().then(work), failureOf);

function failureOf(thrown: unknown): FalFailure {
  if (!(thrown instanceof Error)) return silence("unknown failure");
  const known = failures.get(thrown);
  if (known) return known;
  // The error's own message is not used, because it quotes the answer.
  if (thrown instanceof SyntaxError) return silence("the answer cannot be read");
  return silence(plainDetail(thrown.message));
}
