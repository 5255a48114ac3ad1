import type { ResultAsync } from "neverthrow";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { cleanText } from "../values/clean-text.ts";
import { withoutUndefined } from "../values/without-undefined.ts";
import type { InboxDelivery, InboxOutcome } from "./inbox-delivery.ts";

/**
 * Writes the outcome of a delivery, and logs an error for the outcomes that an operator should look into. A forged
 * delivery is deleted. `detail` goes into the log, because the body is emptied.
 */
export function closeDelivery(
  { inbox }: Pick<Repositories, "inbox">,
  { clock, log }: Pick<Ports, "clock" | "log">,
  { id: deliveryId, source, orderId, requestId }: InboxDelivery,
  outcome: InboxOutcome,
  detail?: string,
): ResultAsync<void, StorageFailure> {
  const alarm = alarms[outcome];
  const closed = outcome === "forged" ? inbox.delete(deliveryId) : inbox.settle(deliveryId, outcome, clock.now());
  const ids = withoutUndefined({ deliveryId, source, orderId, requestId: cleanText(requestId) || undefined });
  return closed.andTee(() => {
    if (alarm) log.error({ ...ids, ...(detail && { detail: cleanText(detail) }) }, alarm);
  });
}

/** Outcomes that an operator should look into. */
const alarms: Partial<Record<InboxOutcome, string>> = {
  foreign: "a webhook names another request than the order's own",
  unknown_order: "a webhook names an order that does not exist",
  malformed: "a verified webhook cannot be read",
  forged: "a webhook that was stored unverified was forged",
  given_up: "a webhook could not be verified or applied in time",
};
