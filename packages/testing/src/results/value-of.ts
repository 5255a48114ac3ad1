import { inspect } from "node:util";
import type { Result } from "neverthrow";

/** The value of a Result that has to be Ok; anything else fails the test and shows the error. */
export async function valueOf<T, E>(result: PromiseLike<Result<T, E>>): Promise<T> {
  const awaited = await result;
  if (awaited.isErr()) throw new Error(`expected Ok, got Err(${inspect(awaited.error, { depth: 5 })})`);
  return awaited.value;
}
