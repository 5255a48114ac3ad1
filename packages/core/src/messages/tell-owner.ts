import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { Avatar, AvatarState } from "../avatars/avatar.ts";
import { messageJob } from "../jobs/jobs.ts";
import type { CopiedModel } from "../models/copy-model.ts";
import type { Ports } from "../ports/ports.ts";
import type { SaveError, StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import type { Training } from "../trainings/training.ts";
import type { Timestamp } from "../values/timestamp.ts";
import type { Notification, NotificationContent, NotificationTemplate } from "./notification.ts";

interface Telling {
  readonly avatar: Avatar;
  readonly trainingId: string;
  readonly content: NotificationContent;
  readonly dueAt: Timestamp;
}

export const dedupeKey = (trainingId: string, template: NotificationTemplate): string => `${trainingId}:${template}`;

/** Stores a message in the transaction of the change it reports. The same message about a training is stored once. */
export function tellOwner(
  tx: Repositories,
  { clock, ids }: Pick<Ports, "clock" | "ids">,
  { avatar, trainingId, content, dueAt }: Telling,
): ResultAsync<void, StorageFailure> {
  return safeTry(async function* () {
    const id = ids.next();
    const stored = yield* tx.outbox.insert({
      id,
      dedupeKey: dedupeKey(trainingId, content.template),
      ownerId: avatar.ownerId,
      avatarId: avatar.id,
      avatarName: avatar.name,
      trainingId,
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
  trainingId: string,
  template: NotificationTemplate,
): ResultAsync<void, SaveError> {
  return safeTry(async function* () {
    const waiting = yield* tx.outbox.findByDedupeKey(dedupeKey(trainingId, template));
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
 * Tells the owner about an attempt to copy the model. The ready message that waits for the copy is sent now; if it was
 * sent before and copying is given up, another message follows.
 */
export function tellAboutCopy(
  tx: Repositories,
  ports: Pick<Ports, "clock" | "ids">,
  { id: trainingId, avatarId }: Training,
  { missing, givenUp }: CopiedModel,
): ResultAsync<void, SaveError> {
  return safeTry(async function* () {
    if (!givenUp.some(({ file }) => file === "weights"))
      return missing.length === 0 ? hastenMessage(tx, ports, trainingId, "training-ready") : okAsync(undefined);

    const ready = yield* tx.outbox.findByDedupeKey(dedupeKey(trainingId, "training-ready"));
    // Also when it is due: its sender reads the row before or after this write, and one of the two gets a conflict.
    if (ready?.state.status === "pending") return sendNow(tx, ports, ready);
    if (ready?.state.status !== "sending" && ready?.state.status !== "sent") return ok(undefined);
    const avatar = yield* tx.avatars.find(avatarId);
    if (!avatar || servingIn(avatar.state) !== trainingId) return ok(undefined);
    const content = { template: "model-unsaved" } as const;
    return tellOwner(tx, ports, { avatar, trainingId, content, dueAt: ports.clock.now() });
  });
}

/** The training whose model the avatar uses now. */
function servingIn(state: AvatarState): string | undefined {
  if (state.status === "ready") return state.trainingId;
  return state.status === "training" ? state.servingTrainingId : undefined;
}
