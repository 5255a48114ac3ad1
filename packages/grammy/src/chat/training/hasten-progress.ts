import type { StorageFailure } from "@likeness/core";
import { okAsync, type ResultAsync } from "neverthrow";
import { chatJobs } from "../chat-jobs.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { findFollowed, trainingKey } from "../followed/followed-message.ts";

/** Enqueues the job that shows a training's progress at once, because the training has just ended. */
export const hastenProgress = (
  { store, clock }: Pick<ChatPorts, "store" | "clock">,
  trainingId: string,
): ResultAsync<void, StorageFailure> =>
  findFollowed(store.sessions, trainingKey(trainingId)).andThen(({ followed: card }) => {
    if (!card) return okAsync(undefined);
    const job = progressJob(trainingId, card.follower, clock.now());
    // Not the key of the job that waits for its next run, because that one would make this one a duplicate.
    return store.jobs.enqueue({ ...job, key: `${job.key}:now` });
  });

/** The job that follows a training for one card. */
export const progressJob = (trainingId: string, follower: string, runAt: string) => ({
  kind: chatJobs.progress,
  key: `${trainingId}:${follower}`,
  payload: { trainingId, follower },
  runAt,
});
