import type { ResultAsync } from "neverthrow";
import { jobKinds } from "../jobs/job-kinds.ts";
import type { Timestamp } from "../values/timestamp.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { trainingJob } from "../jobs/jobs.ts";

/**
 * Enqueues a poll of a training. With a `purpose` it has its own key, so it neither delays nor replaces the regular
 * poll.
 */
export const enqueuePoll = (
  { jobs }: Pick<Repositories, "jobs">,
  trainingId: string,
  runAt: Timestamp,
  purpose = "",
): ResultAsync<void, StorageFailure> =>
  jobs.enqueue({ ...trainingJob(jobKinds.pollTraining, trainingId), key: `${trainingId}${purpose}`, runAt });
