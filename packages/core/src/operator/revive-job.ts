import { err, errAsync, ok, type ResultAsync } from "neverthrow";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { JobNotFound, OperatorUnavailable } from "./operator-errors.ts";

export type ReviveJobError = OperatorUnavailable | JobNotFound | StorageFailure;

/** `known`: it is not dead, or one with its kind and key waits already. */
export interface RevivedJob {
  readonly type: "revived" | "known";
}

/** Runs a dead job once more, with all of its attempts. */
export const reviveJob = (
  { queue }: Pick<Ports, "queue">,
  { jobId }: { readonly jobId: string },
): ResultAsync<RevivedJob, ReviveJobError> =>
  queue.records
    ? queue.records
        .revive(jobId)
        .andThen((type) => (type ? ok({ type }) : err({ type: "job-not-found", jobId } as const)))
    : errAsync({ type: "operator-unavailable", detail: "the queue has no part for operators" });
