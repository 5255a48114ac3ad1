import type { Job, JobOutcome } from "../ports/job-queue.ts";
import type { Ports } from "../ports/ports.ts";
import { addSeconds, type Timestamp } from "../values/timestamp.ts";
import type { InboxDelivery } from "../webhooks/inbox-delivery.ts";
import { jobKinds } from "./job-kinds.ts";

// The key of a job is the id of its row. A caller that needs another key or a later time spreads the job.

export const photoJob = (photoId: string): Job => ({
  kind: jobKinds.inspectPhoto,
  key: photoId,
  payload: { photoId },
});

export const orderJob = (kind: string, orderId: string): Job => ({
  kind,
  key: orderId,
  payload: { orderId },
});

export const messageJob = (notificationId: string): Job => ({
  kind: jobKinds.sendNotification,
  key: notificationId,
  payload: { notificationId },
});

/** How long a withdrawal has to stop everything itself, so that it can say how much it has stopped. */
const withdrawalSeconds = 5;

/** Stops what an owner had under way when they withdrew their consent, as far as the withdrawal has not done it. */
export const withdrawalJob = (ownerId: string, until: Timestamp): Job => ({
  kind: jobKinds.stopWork,
  key: `${ownerId}:${until}`,
  payload: { ownerId, until },
  runAt: addSeconds(until, withdrawalSeconds),
});

/**
 * `webhook.process` for a delivery about an order, `webhook.process:<source>` for one of a channel, which registers
 * the handler of that kind.
 */
export const deliveryJob = ({
  id: deliveryId,
  source,
  orderId,
}: Pick<InboxDelivery, "id" | "source" | "orderId">): Job => ({
  kind: jobKinds.processDelivery + (orderId === undefined ? `:${source}` : ""),
  key: deliveryId,
  payload: { deliveryId },
});

/** Deletes blobs, unless a row needs them when the job runs. */
export const discardJob = (key: string, keys = [key]): Job => ({
  kind: jobKinds.discardBlobs,
  key,
  payload: { keys },
});

/** How long after an erasure a sweep wipes the store. */
const wipeSeconds = 5;

/**
 * A sweep that wipes the store after an erasure. Delayed, so that the deliveries being processed now are settled by then,
 * and their bodies are wiped too.
 */
export const wipeJob = ({ clock }: Pick<Ports, "clock">, erasedId: string): Job => ({
  kind: jobKinds.sweep,
  key: `wipe:${erasedId}`,
  payload: null,
  runAt: addSeconds(clock.now(), wipeSeconds),
});

export const erasureJob = (erasureId: string): Job => ({
  kind: jobKinds.eraseOwner,
  key: erasureId,
  payload: { erasureId },
});

/** The outcome of a job that has nothing left to do. */
export const jobDone: JobOutcome = { type: "done" };

const usualSeconds = 30;
const shortestSeconds = 5;

/**
 * When to try again. The service that deferred the request may have named a time; it is limited to at least five
 * seconds, so that there is no busy loop, and at most the deadline.
 */
export function deferral(
  { clock }: Pick<Ports, "clock">,
  seconds = usualSeconds,
  deadline?: Timestamp,
): JobOutcome & { readonly type: "again" } {
  const at = addSeconds(clock.now(), Math.max(seconds, shortestSeconds));
  return { type: "again", at: deadline !== undefined && deadline < at ? deadline : at };
}
