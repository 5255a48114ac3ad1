import { err, ok, safeTry, type Result, type ResultAsync } from "neverthrow";
import type { Notification } from "../domain/notification.ts";
import { addSeconds, secondsBetween } from "../domain/timestamp.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { NotifierFailure, NotifierOutcome } from "../ports/notifier.ts";
import type { Ports } from "../ports/ports.ts";
import type { SaveError, StorageFailure } from "../ports/storage-errors.ts";

type SendPorts = Pick<Ports, "store" | "notifier" | "clock" | "policy" | "log">;

const done: JobOutcome = { type: "done" };

/** How long an attempt may take before another one is made. */
const attemptSeconds = 60;
const firstRetrySeconds = 1;
const longestRetrySeconds = 3_600;

/**
 * Sends one stored message. The attempt is noted before it is made, so only two things can double a message: an answer
 * that was lost on the way, and a process that died between the notifier's OK and our note of it.
 */
export function sendNotification(
  ports: SendPorts,
  { id }: { readonly id: string },
): ResultAsync<JobOutcome, StorageFailure> {
  const { store, notifier, clock } = ports;
  return safeTry(async function* () {
    const stored = yield* store.outbox.find(id);
    if (!stored || (stored.state.status !== "pending" && stored.state.status !== "sending")) return ok(done);
    const now = clock.now();
    if (stored.dueAt > now) return ok({ type: "again", at: stored.dueAt } as const);

    const attempt = await store.outbox.save({
      ...stored,
      state: { status: "sending" },
      attempts: stored.attempts + 1,
      dueAt: addSeconds(now, attemptSeconds),
    });
    if (attempt.isErr()) return ignoreConflict(attempt.error);
    return note(ports, attempt.value, await notifier.send(attempt.value));
  });
}

/** Somebody else is sending it. */
const ignoreConflict = (error: SaveError): Result<JobOutcome, StorageFailure> =>
  error.type === "storage-failure" ? err(error) : ok(done);

function note(
  ports: SendPorts,
  attempt: Notification,
  answer: Result<NotifierOutcome, NotifierFailure>,
): ResultAsync<JobOutcome, StorageFailure> {
  const { clock, log } = ports;
  if (answer.isErr()) return retryOrBury(ports, attempt, answer.error);
  const outcome = answer.value;
  switch (outcome.type) {
    case "sent":
      return settle(ports, {
        ...attempt,
        state: { status: "sent", sentAt: clock.now(), ...(outcome.messageId && { messageId: outcome.messageId }) },
      });
    case "retry-at":
      return postpone(ports, { ...attempt, attempts: attempt.attempts - 1 }, outcome.at);
    case "unreachable":
      return settle(ports, { ...attempt, state: { status: "undeliverable" } });
    case "rejected":
      log.error({ notificationId: attempt.id, detail: outcome.detail }, "a message was refused");
      return settle(ports, { ...attempt, state: { status: "dead", detail: outcome.detail } });
  }
}

function retryOrBury(ports: SendPorts, attempt: Notification, { detail }: NotifierFailure) {
  const now = ports.clock.now();
  if (secondsBetween(attempt.createdAt, now) > ports.policy.notifyDeadlineSeconds) {
    ports.log.error({ notificationId: attempt.id, detail }, "a message could not be sent and is given up");
    return settle(ports, { ...attempt, state: { status: "dead", detail } });
  }
  const delay = Math.min(longestRetrySeconds, firstRetrySeconds * 2 ** (attempt.attempts - 1));
  return postpone(ports, attempt, addSeconds(now, delay));
}

const settle = ({ store }: SendPorts, notification: Notification): ResultAsync<JobOutcome, StorageFailure> =>
  store.outbox
    .save(notification)
    .map(() => done)
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
