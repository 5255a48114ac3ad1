import { err, ok, okAsync, safeTry, type Result, type ResultAsync } from "neverthrow";
import { jobDone } from "../jobs/jobs.ts";
import { kindOf } from "../orders/order-kind.ts";
import type { Order } from "../orders/order.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { NotifierFailure, NotifierOutcome } from "../ports/notifier.ts";
import type { Ports } from "../ports/ports.ts";
import type { SaveError, StorageFailure } from "../ports/storage-errors.ts";
import { cleanText } from "../values/clean-text.ts";
import { addSeconds } from "../values/timestamp.ts";
import type { Notification } from "./notification.ts";

type SendPorts = Pick<Ports, "store" | "notifier" | "clock" | "policy" | "kinds" | "log">;

const firstRetrySeconds = 1;
const longestRetrySeconds = 3_600;

/**
 * Sends one stored message. The attempt is saved before it is made, so a message is sent twice only when the notifier's
 * success was lost: on the network, with the process, or because the database could not save it.
 */
export function sendNotification(
  ports: SendPorts,
  { notificationId }: { readonly notificationId: string },
): ResultAsync<JobOutcome, StorageFailure> {
  const { store, notifier, clock } = ports;
  return safeTry(async function* () {
    const stored = yield* store.outbox.find(notificationId);
    if (!stored || (stored.state.status !== "pending" && stored.state.status !== "sending")) return ok(jobDone);
    const now = clock.now();
    if (stored.dueAt > now) return ok({ type: "again", at: stored.dueAt } as const);

    const order = yield* store.orders.find(stored.orderId);
    if (order && (yield* isOvertaken(ports, stored, order)))
      return saveAndEnd(ports, { ...stored, state: { status: "dead", detail: "overtaken" } });

    const atSending = order && kindOf(ports, order).atSending?.(store, order, stored.content);
    const attempt = await store.outbox.save({
      ...stored,
      content: atSending ? yield* atSending : stored.content,
      state: { status: "sending" },
      attempts: stored.attempts + 1,
      dueAt: addSeconds(now, ports.policy.notifyAttemptSeconds),
    });
    if (attempt.isErr()) return ignoreConflict(attempt.error);
    // Read after the attempt was saved: a copy that ends later is told in a message of its own.
    const latest = order && kindOf(ports, order).withLatest?.(store, order, attempt.value.content);
    const content = latest ? yield* latest : attempt.value.content;
    return note(ports, attempt.value, await notifier.send({ ...attempt.value, content }));
  });
}

/** Whether the message is out of date: the outcome of an unconfirmed order is known, or its kind says so. */
function isOvertaken(ports: SendPorts, { content }: Notification, order: Order): ResultAsync<boolean, StorageFailure> {
  const kind = kindOf(ports, order);
  if (content.template === kind.messages.unconfirmed?.template) return okAsync(order.state.status !== "unknown");
  return kind.isOvertaken?.(ports.store, order, content) ?? okAsync(false);
}

/** A version conflict means that another process is sending the message. */
const ignoreConflict = (error: SaveError): Result<JobOutcome, StorageFailure> =>
  error.type === "storage-failure" ? err(error) : ok(jobDone);

function note(
  ports: SendPorts,
  attempt: Notification,
  answer: Result<NotifierOutcome, NotifierFailure>,
): ResultAsync<JobOutcome, StorageFailure> {
  if (answer.isErr()) return retryOrGiveUp(ports, attempt, answer.error);
  const outcome = answer.value;
  switch (outcome.type) {
    case "sent":
      return saveAndEnd(ports, {
        ...attempt,
        state: {
          status: "sent",
          sentAt: ports.clock.now(),
          ...(outcome.messageId && { messageId: outcome.messageId }),
        },
      });
    case "retry-at":
      return postpone(ports, { ...attempt, attempts: attempt.attempts - 1 }, outcome.at);
    case "unreachable":
      return saveAndEnd(ports, { ...attempt, state: { status: "undeliverable" } });
    case "rejected":
      return giveUp(ports, attempt, outcome.detail, "a message was refused");
  }
}

function retryOrGiveUp(ports: SendPorts, attempt: Notification, { detail }: NotifierFailure) {
  if (triedSeconds(attempt.attempts) > ports.policy.notifyDeadlineSeconds)
    return giveUp(ports, attempt, detail, "a message could not be sent and is given up");
  return postpone(ports, attempt, addSeconds(ports.clock.now(), secondsAfter(attempt.attempts)));
}

function giveUp(ports: SendPorts, attempt: Notification, said: string, message: string) {
  const { id: notificationId, orderId, avatarId, ownerId, content } = attempt;
  const detail = cleanText(said);
  ports.log.error({ notificationId, orderId, avatarId, ownerId, template: content.template, detail }, message);
  return saveAndEnd(ports, { ...attempt, state: { status: "dead", detail } });
}

const secondsAfter = (attempts: number): number =>
  Math.min(longestRetrySeconds, firstRetrySeconds * 2 ** (attempts - 1));

/**
 * How long a message has been retried: the sum of the waits between its attempts. Its age is not used, because a
 * message that is resent or was held back for days would be given up at its first failure.
 */
const triedSeconds = (attempts: number): number =>
  attempts > 1 ? secondsAfter(attempts - 1) + triedSeconds(attempts - 1) : 0;

const saveAndEnd = ({ store }: SendPorts, notification: Notification): ResultAsync<JobOutcome, StorageFailure> =>
  store.outbox
    .save(notification)
    .map(() => jobDone)
    .orElse(ignoreConflict);

const postpone = (
  { store }: SendPorts,
  notification: Notification,
  at: string,
): ResultAsync<JobOutcome, StorageFailure> =>
  store.outbox
    .save({ ...notification, state: { status: "pending" }, dueAt: at })
    .map((): JobOutcome => ({ type: "again", at }))
    .orElse(ignoreConflict);
