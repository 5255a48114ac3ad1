import type { ResultAsync } from "neverthrow";
import type { InboxDelivery, InboxOutcome } from "../domain/inbox-delivery.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";

/** Notes what became of a delivery, and sounds the alarm where that is called for. */
export function closeDelivery(
  { inbox }: Pick<Repositories, "inbox">,
  { clock, log }: Pick<Ports, "clock" | "log">,
  { id, trainingId }: InboxDelivery,
  outcome: InboxOutcome,
): ResultAsync<void, StorageFailure> {
  const alarm = alarms[outcome];
  return inbox.settle(id, outcome, clock.now()).andTee(() => {
    if (alarm) log.error({ deliveryId: id, trainingId }, alarm);
  });
}

/** Outcomes that somebody should look into. */
const alarms: Partial<Record<InboxOutcome, string>> = {
  foreign: "a webhook names another request than the training's own",
  unknown_training: "a webhook names a training that does not exist",
  malformed: "a verified webhook cannot be read",
  forged: "a webhook that was stored unverified was forged",
  given_up: "a webhook could not be verified or applied in time",
};
