import type { Result, ResultAsync } from "neverthrow";

/**
 * The value of a Result, for programs and tests that do not handle its errors: an `Err` is thrown, with its type as the
 * message and the error itself as the `cause`.
 *
 * @example
 * const avatars = await orThrow(likeness.avatars.list({ actor: "telegram:42" }));
 */
export function orThrow<T, E extends { readonly type: string }>(result: Result<T, E>): T;
export function orThrow<T, E extends { readonly type: string }>(result: ResultAsync<T, E>): Promise<T>;
export function orThrow<T, E extends { readonly type: string }>(
  result: Result<T, E> | ResultAsync<T, E>,
): T | Promise<T> {
  return result.match(
    (value) => value,
    (error): never => {
      throw new Error(error.type, { cause: error });
    },
  );
}
