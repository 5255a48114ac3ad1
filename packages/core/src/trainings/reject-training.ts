import type { ResultAsync } from "neverthrow";
import type { IllegalTransition } from "../errors.ts";
import type { FailureReason } from "./failure-reason.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { idsOf } from "./ids-of.ts";
import { jobDone } from "../jobs/job-done.ts";
import { moveTraining, type MovePorts } from "./move-training.ts";

export interface Rejection {
  readonly trainingId: string;
  /** The status that the caller read. In any other status the training is left alone: it may be at the provider. */
  readonly seen: "requested" | "submitting";
  readonly reason: FailureReason;
  readonly detail?: string;
}

/** Ends a training that certainly never ran at the provider. */
export function rejectTraining(
  ports: MovePorts & Pick<Ports, "log">,
  { trainingId, seen, ...why }: Rejection,
): ResultAsync<JobOutcome, IllegalTransition | StorageFailure> {
  return moveTraining(ports, trainingId, ({ state }) => {
    if (state.status !== seen) return undefined;
    const at = ports.clock.now();
    return { transitions: [{ type: "reject", ...why, at }], nextCheckAt: at };
  }).map((rejected) => {
    if (rejected) ports.log.error({ ...idsOf(rejected), ...why }, "the training was not submitted");
    return jobDone;
  });
}
