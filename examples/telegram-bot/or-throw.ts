import type { Result } from "neverthrow";

/** For the start, where nobody can be answered yet: what went wrong ends the program. */
export const orThrow = <T, E extends { readonly type: string }>(result: Result<T, E>): T =>
  result.match(
    (value) => value,
    (error) => {
      throw new Error(error.type, { cause: error });
    },
  );
