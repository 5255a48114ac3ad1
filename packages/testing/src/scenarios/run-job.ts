import type { Json, JobFailure, JobOutcome } from "@likeness/core";
import type { Result } from "neverthrow";
import type { Stage } from "./stage.ts";

/** Runs a job of the core at once, outside of the queue, as a second worker or a second run would. */
export async function runJob(
  { likeness }: Pick<Stage, "likeness">,
  kind: string,
  payload: Json,
  signal = new AbortController().signal,
): Promise<Result<JobOutcome, JobFailure>> {
  const handler = likeness.handlers[kind];
  if (!handler) throw new Error(`the core has no handler for ${kind}`);
  return handler({ kind, key: "another", payload, attempt: 1, signal });
}
