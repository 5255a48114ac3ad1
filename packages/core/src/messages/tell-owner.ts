import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { Avatar } from "../avatars/avatar.ts";
import { messageJob } from "../jobs/jobs.ts";
import type { CopiedOutcome } from "../orders/copy-outcome.ts";
import { kindOf } from "../orders/order-kind.ts";
import type { Ports } from "../ports/ports.ts";
import type { SaveError, StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import type { Order } from "../orders/order.ts";
import type { Timestamp } from "../values/timestamp.ts";
import type { Notification, NotificationContent, NotificationTemplate } from "./notification.ts";

interface Telling {
  readonly avatar: Avatar;
  readonly orderId: string;
  readonly content: NotificationContent;
  readonly dueAt: Timestamp;
}

export const dedupeKey = (orderId: string, template: NotificationTemplate): string => `${orderId}:${template}`;

/** Stores a message in the transaction of the change it reports. The same message about an order is stored once. */
export function tellOwner(
  tx: Repositories,
  { clock, ids }: Pick<Ports, "clock" | "ids">,
  { avatar, orderId, content, dueAt }: Telling,
): ResultAsync<void, StorageFailure> {
  return safeTry(async function* () {
    const id = ids.next();
    const stored = yield* tx.outbox.insert({
      id,
      dedupeKey: dedupeKey(orderId, content.template),
      ownerId: avatar.ownerId,
      avatarId: avatar.id,
      avatarName: avatar.name,
      orderId,
      content,
      state: { status: "pending" },
      attempts: 0,
      dueAt,
      createdAt: clock.now(),
      version: 0,
    });
    if (stored === "new") yield* tx.jobs.enqueue({ ...messageJob(id), runAt: dueAt });
    return ok(undefined);
  });
}

/** Makes a waiting message due now, because what it waited for is there. */
function hastenMessage(
  tx: Repositories,
  ports: Pick<Ports, "clock">,
  orderId: string,
  template: NotificationTemplate,
): ResultAsync<void, SaveError> {
  return safeTry(async function* () {
    const waiting = yield* tx.outbox.findByDedupeKey(dedupeKey(orderId, template));
    if (waiting?.state.status !== "pending" || waiting.dueAt <= ports.clock.now()) return okAsync(undefined);
    return sendNow(tx, ports, waiting);
  });
}

/** Makes a message pending and due. */
export const sendNow = (
  tx: Repositories,
  { clock }: Pick<Ports, "clock">,
  message: Notification,
): ResultAsync<void, SaveError> =>
  tx.outbox.save({ ...message, state: { status: "pending" }, dueAt: clock.now() }).andThen(({ id }) =>
    // Not the key of the job that waits for the original time: while that one is unclaimed, this one would be dropped.
    tx.jobs.enqueue({ ...messageJob(id), key: `${id}:now` }),
  );

/**
 * Tells the owner about an attempt to copy the outcome of an order. The message of its success that waits for the copy
 * is sent now; if it was sent before and copying is given up, another message follows.
 */
export function tellAboutCopy(
  tx: Repositories,
  ports: Pick<Ports, "clock" | "ids" | "kinds">,
  order: Order,
  { missing, givenUp }: CopiedOutcome,
): ResultAsync<void, SaveError> {
  const kind = kindOf(ports, order);
  const { succeeded, unsaved } = kind.messages;
  const { id: orderId, avatarId } = order;
  return safeTry(async function* () {
    if (!succeeded) return ok(undefined);
    if (!givenUp.some(({ file }) => file === kind.mainFile)) {
      const waits = missing.length > 0 || (kind.waitsFor && (yield* kind.waitsFor(tx, order)));
      return waits ? okAsync(undefined) : hastenMessage(tx, ports, orderId, succeeded);
    }

    const told = yield* tx.outbox.findByDedupeKey(dedupeKey(orderId, succeeded));
    // Also when it is due: its sender reads the row before or after this write, and one of the two gets a conflict.
    if (told?.state.status === "pending") return sendNow(tx, ports, told);
    if (told?.state.status !== "sending" && told?.state.status !== "sent") return ok(undefined);
    const avatar = yield* tx.avatars.find(avatarId);
    if (!avatar || !unsaved || !(yield* kind.isInUse(tx, order))) return ok(undefined);
    return tellOwner(tx, ports, { avatar, orderId, content: unsaved, dueAt: ports.clock.now() });
  });
}
