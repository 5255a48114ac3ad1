import type { InboxDelivery } from "../webhooks/inbox-delivery.ts";
import { jobKinds } from "./job-kinds.ts";
import { withoutUndefined } from "../values/without-undefined.ts";
import type { Job } from "../ports/job-queue.ts";
import type { ErasedTraining } from "../trainings/training-trace.ts";

// The key of a job is the id of its row. A caller that needs another key or a later time spreads the job.

export const photoJob = (photoId: string): Job => ({
  kind: jobKinds.inspectPhoto,
  key: photoId,
  payload: { photoId },
});

export const trainingJob = (kind: string, trainingId: string): Job => ({
  kind,
  key: trainingId,
  payload: { trainingId },
});

export const messageJob = (notificationId: string): Job => ({
  kind: jobKinds.sendNotification,
  key: notificationId,
  payload: { notificationId },
});

/**
 * `webhook.process` for a delivery about a training, `webhook.process:<source>` for one of a channel, which registers
 * the handler of that kind.
 */
export const deliveryJob = ({
  id: deliveryId,
  source,
  trainingId,
}: Pick<InboxDelivery, "id" | "source" | "trainingId">): Job => ({
  kind: jobKinds.processDelivery + (trainingId === undefined ? `:${source}` : ""),
  key: deliveryId,
  payload: { deliveryId },
});

/** Asks the provider to erase its data of an erased training. A request accepted after that needs its own job. */
export const eraseJob = ({ trace, avatarId, until }: ErasedTraining): Job => ({
  kind: jobKinds.eraseTraining,
  key: `${trace.trainingId}:${trace.requestId ?? ""}`,
  payload: withoutUndefined({ ...trace, avatarId, until }),
});

/** Deletes blobs, unless a row needs them when the job runs. */
export const discardJob = (key: string, keys = [key]): Job => ({
  kind: jobKinds.discardBlobs,
  key,
  payload: { keys },
});
