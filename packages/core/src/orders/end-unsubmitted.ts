import type { ResultAsync } from "neverthrow";
import type { IllegalTransition } from "../errors.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { MovePorts } from "./change-order.ts";
import { rejectOrder } from "./note-submit-answer.ts";

/**
 * Ends an order of a restored backup that had not been submitted when the backup was made. It may have been since, so it
 * must never be sent: it fails as one that the provider has not confirmed, and its owner is told. A webhook that comes for it
 * is kept as a late result.
 */
export const endUnsubmitted = (
  ports: MovePorts & Pick<Ports, "log">,
  { orderId }: { readonly orderId: string },
): ResultAsync<JobOutcome, IllegalTransition | StorageFailure> =>
  rejectOrder(ports, {
    orderId,
    seen: "requested",
    reason: "submit_unknown",
    detail: "of a restored backup: it may have been submitted since",
  });
