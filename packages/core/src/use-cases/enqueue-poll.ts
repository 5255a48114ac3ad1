import type { ResultAsync } from "neverthrow";
import { jobKinds } from "../domain/job-kinds.ts";
import type { Timestamp } from "../domain/timestamp.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { trainingJob } from "./jobs.ts";

/** Has somebody look at a training. `purpose` keeps a look for a reason of its own from delaying the usual one. */
export const enqueuePoll = (
  { jobs }: Pick<Repositories, "jobs">,
  trainingId: string,
  runAt: Timestamp,
  purpose = "",
): ResultAsync<void, StorageFailure> =>
  jobs.enqueue({ ...trainingJob(jobKinds.pollTraining, trainingId), key: `${trainingId}${purpose}`, runAt });
