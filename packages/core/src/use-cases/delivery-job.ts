import type { InboxDelivery } from "../domain/inbox-delivery.ts";
import { jobKinds } from "../domain/job-kinds.ts";
import type { Job } from "../ports/job-queue.ts";

/**
 * The job that looks at a stored delivery: `webhook.process` for what is about a training, `webhook.process:<source>` for
 * what belongs to a face, which brings the handler of that kind along.
 */
export const deliveryJob = ({ id, source, trainingId }: Pick<InboxDelivery, "id" | "source" | "trainingId">): Job => ({
  kind: jobKinds.processDelivery + (trainingId === undefined ? `:${source}` : ""),
  key: id,
  payload: { deliveryId: id },
});
