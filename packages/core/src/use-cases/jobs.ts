import type { InboxDelivery } from "../domain/inbox-delivery.ts";
import { jobKinds } from "../domain/job-kinds.ts";
import { withoutUndefined } from "../domain/without-undefined.ts";
import type { Job } from "../ports/job-queue.ts";
import type { ErasedTraining } from "./training-trace.ts";

// What looks at a row has its id for a key. Whoever needs another key or a later time spreads the job.

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
 * `webhook.process` for a delivery that is about a training, `webhook.process:<source>` for one that belongs to a face,
 * which brings the handler of that kind along.
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

/** Asks the provider to erase what it keeps of an erased training. One that it accepted later needs a job of its own. */
export const eraseJob = ({ trace, avatarId, until }: ErasedTraining): Job => ({
  kind: jobKinds.eraseTraining,
  key: `${trace.trainingId}:${trace.requestId ?? ""}`,
  payload: withoutUndefined({ ...trace, avatarId, until }),
});

/** Deletes blobs unless a row needs them by then. */
export const discardJob = (key: string, keys = [key]): Job => ({
  kind: jobKinds.discardBlobs,
  key,
  payload: { keys },
});
