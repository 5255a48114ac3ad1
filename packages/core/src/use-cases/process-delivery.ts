import { err, ok, okAsync, safeTry, type Result, type ResultAsync } from "neverthrow";
import type { InboxDelivery, InboxOutcome } from "../domain/inbox-delivery.ts";
import { addSeconds, secondsBetween } from "../domain/timestamp.ts";
import { requestOf } from "../domain/training.ts";
import type { TrainingEvent } from "../domain/training-event.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import {
  sealDelivery,
  type KeysUnavailable,
  type WebhookMalformed,
  type WebhookRejected,
} from "../ports/webhook-receiver.ts";
import type { ProviderError } from "../ports/training-provider.ts";
import {
  applyTrainingEvent,
  applyWithin,
  type ApplyPorts,
  type ApplyTrainingEventError,
  type TrainingNews,
} from "./apply-training-event.ts";
import { atomically } from "./atomically.ts";

type ProcessPorts = ApplyPorts & Pick<Ports, "store" | "provider" | "webhooks">;

export type ProcessDeliveryError = ApplyTrainingEventError | ProviderError;

const done: JobOutcome = { type: "done" };
const keysRetrySeconds = 60;

/** Reads a stored delivery and applies it; what it did and that it is settled are written together. */
export function processDelivery(
  ports: ProcessPorts,
  { id }: { readonly id: string },
): ResultAsync<JobOutcome, ProcessDeliveryError> {
  return safeTry(async function* () {
    const delivery = yield* ports.store.inbox.find(id);
    if (!delivery || delivery.outcome) return ok(done);

    const event = await read(ports, delivery);
    if (event.isErr()) return afterUnreadable(ports, delivery, event.error);
    return event.value.type === "finished"
      ? fetchResult(ports, delivery, event.value.requestId)
      : settle(ports, delivery, event.value);
  });
}

type Unreadable = WebhookRejected | KeysUnavailable | WebhookMalformed;

async function read({ webhooks }: ProcessPorts, delivery: InboxDelivery): Promise<Result<TrainingEvent, Unreadable>> {
  if (!webhooks) return err({ type: "keys-unavailable", detail: "there is no webhook intake" });
  const { receiver } = webhooks;
  if (delivery.verified) return receiver.parse(sealDelivery(delivery, delivery.requestId));
  return receiver.verify(delivery).andThen((verified) => receiver.parse(verified));
}

function afterUnreadable(
  ports: ProcessPorts,
  delivery: InboxDelivery,
  error: Unreadable,
): ResultAsync<JobOutcome, StorageFailure> {
  const { clock, policy } = ports;
  switch (error.type) {
    case "webhook-rejected":
      return close(ports, delivery, "forged");
    case "webhook-malformed":
      return close(ports, delivery, "malformed");
    case "keys-unavailable": {
      const now = clock.now();
      if (secondsBetween(delivery.receivedAt, now) > policy.verifyDeadlineSeconds)
        return close(ports, delivery, "unverifiable");
      return okAsync({ type: "again", at: addSeconds(now, keysRetrySeconds) });
    }
  }
}

/** A delivery may say that there is an outcome without bringing it along. */
function fetchResult(
  ports: ProcessPorts,
  delivery: InboxDelivery,
  requestId: string,
): ResultAsync<JobOutcome, ProcessDeliveryError> {
  const { trainingId } = delivery;
  const ran: TrainingNews = { type: "running", requestId };
  return safeTry(async function* () {
    // First it is adopted: without the request's id, which only this delivery may know, there is nothing to ask for.
    yield* applyTrainingEvent(ports, { trainingId, event: ran });
    const training = yield* ports.store.trainings.find(trainingId);
    if (!training || requestOf(training)?.requestId !== requestId) return settle(ports, delivery, ran);

    const result = await ports.provider.result(training);
    if (result.isOk()) {
      if (result.value.type !== "finished") return settle(ports, delivery, result.value);
      return err({ type: "provider-unavailable", detail: "there is no result yet" } as const);
    }
    // Gone at the provider: the reconciler finds that too and gives the training up.
    return result.error.type === "request-not-found" ? close(ports, delivery, "ignored") : err(result.error);
  });
}

const settle = (ports: ProcessPorts, delivery: InboxDelivery, news: TrainingNews) =>
  atomically(ports.store, (tx) =>
    safeTry(async function* () {
      const current = yield* tx.inbox.find(delivery.id);
      if (!current || current.outcome) return ok(done);
      const outcome = yield* applyWithin(tx, ports, delivery.trainingId, news);
      yield* tx.inbox.settle(delivery.id, outcome, ports.clock.now());
      raiseAlarm(ports, delivery, outcome);
      return ok(done);
    }),
  );

function close(ports: ProcessPorts, delivery: InboxDelivery, outcome: InboxOutcome) {
  raiseAlarm(ports, delivery, outcome);
  return ports.store.inbox.settle(delivery.id, outcome, ports.clock.now()).map(() => done);
}

/** Outcomes that somebody should look into. */
const alarms: Partial<Record<InboxOutcome, string>> = {
  foreign: "a webhook names another request than the training's own: was it submitted twice?",
  unknown_training: "a webhook names a training that does not exist: erased, or a restored backup",
  malformed: "a verified webhook cannot be read",
  forged: "a webhook that was stored unverified was forged",
  unverifiable: "a webhook could not be verified in time",
};

function raiseAlarm({ log }: ProcessPorts, { id, trainingId }: InboxDelivery, outcome: InboxOutcome): void {
  const alarm = alarms[outcome];
  if (alarm) log.error({ deliveryId: id, trainingId }, alarm);
}
