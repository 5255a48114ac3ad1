import { inspect } from "node:util";
import type { Result } from "neverthrow";

/** The value of a Result that has to be Ok here; an Err ends the run. */
export async function orThrow<Value, Problem>(
  result: Result<Value, Problem> | PromiseLike<Result<Value, Problem>>,
): Promise<Value> {
  const settled = await result;
  if (settled.isErr()) throw new Error(inspect(settled.error, { depth: 4, breakLength: Infinity }));
  return settled.value;
}
