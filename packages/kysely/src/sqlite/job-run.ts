import type { ResultAsync } from "neverthrow";
import { describeCause, outcomeOfRun, type JobEnd, type JobHandler, type StorageFailure } from "@likeness/core";
import type { Kysely } from "kysely";
import type { Database } from "../database.ts";
import { fromJson } from "../store/columns.ts";
import { putBackJob } from "./job-statements.ts";
import type { JobRow } from "./job-table.ts";
import { keepLease, type LeaseOptions } from "./lease.ts";
import { writeOutcome, type OutcomeOptions } from "./write-outcome.ts";

export type JobRunOptions = LeaseOptions & OutcomeOptions;

/** A claimed job that is running. */
export interface JobRun {
  /** Resolves when the handler has ended and its outcome is stored. */
  readonly ended: Promise<JobEnd>;
  /** Aborts the handler and releases the claim; the handler's outcome is then ignored. */
  handBack(): ResultAsync<boolean, StorageFailure>;
}

/** Runs a claimed job, renews its lease meanwhile, and stores its outcome. */
export function runJob(db: Kysely<Database>, claimed: JobRow, handler: JobHandler, options: JobRunOptions): JobRun {
  const { kind, key, attempts: attempt } = claimed;
  const controller = new AbortController();
  const lease = keepLease(db, claimed, options, () => controller.abort());

  const run = async (): Promise<JobEnd> => {
    const result = await outcomeOfRun(() =>
      handler({ kind, key, payload: fromJson(claimed.payload), attempt, signal: controller.signal }),
    );
    if (!lease.isHeld()) return "lost";
    lease.letGo();
    const written = await writeOutcome(db, claimed, result, options);
    if (written.isErr())
      options.log.error({ kind, key, error: describeCause(written.error) }, "the outcome of a job was not stored");
    else if (!written.value) options.log.warn({ kind, key, attempt }, "a job outlived its lease");
    if (!written.unwrapOr(false)) return "lost";
    return result.isOk() ? "done" : "failed";
  };

  return {
    ended: run(),
    handBack: () => {
      lease.letGo();
      controller.abort();
      // Behind what else is due, because a job that is always too long must not keep the others from being claimed.
      return putBackJob(db, claimed, { runAt: options.clock.now(), attempts: attempt - 1 });
    },
  };
}
