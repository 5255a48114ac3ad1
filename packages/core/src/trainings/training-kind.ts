import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { advanceAvatar, servingIn, type AvatarTransition } from "../avatars/avatar-lifecycle.ts";
import type { Avatar } from "../avatars/avatar.ts";
import type { IllegalTransition } from "../errors.ts";
import type { NotificationContent } from "../messages/notification.ts";
import { dedupeKey, tellOwner } from "../messages/tell-owner.ts";
import { contentCheck, jsonCheck, type FileCheck } from "../orders/file-check.ts";
import { firstLookOf, isFirstLookAwaited, orderFirstLook } from "../images/first-look.ts";
import { endOf, isDone } from "../images/picture-set.ts";
import type { EndPorts, OrderKind } from "../orders/order-kind.ts";
import type { Order } from "../orders/order.ts";
import type { Ended } from "../orders/order-lifecycle.ts";
import { safetensorsCheck } from "../orders/safetensors-check.ts";
import type { SaveError, StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { addSeconds } from "../values/timestamp.ts";
import { copyOf, type WeightsFormat } from "./model.ts";
import { isTraining, modelIn } from "./training.ts";

/** The order of a model. Its photos are uploaded first, and its end is the next status of its avatar. */
export const trainingKind: OrderKind = {
  name: "training",
  mainFile: "weights",
  messages: {
    succeeded: "training-ready",
    unconfirmed: { template: "training-unconfirmed" },
    unsaved: { template: "model-unsaved" },
  },
  isOvertaken: ({ outbox }, { id }, { template }) =>
    template === "training-failed"
      ? outbox.findByDedupeKey(dedupeKey(id, "training-ready")).map((adopted) => adopted !== undefined)
      : okAsync(false),
  withLatest: ({ orders }, { id }, content) =>
    content.template === "training-ready"
      ? orders.find(id).map((order) => {
          const model = isTraining(order) && modelIn(order.state);
          return { ...content, model: model ? copyOf(model) : "under-way" };
        })
      : okAsync(content),
  // Decided with the attempt, so that the pictures are told with this message or in one of their own.
  atSending: (tx, { id }, content) =>
    content.template === "training-ready" && !content.pictureIds
      ? pictureIdsFor(tx, id).map((pictureIds) => ({ ...content, ...(pictureIds && { pictureIds }) }))
      : okAsync(content),
  waitsFor: (tx, { id }) => isFirstLookAwaited(tx, id),
  deadlines: (policy) => ({
    requested: policy.requestDeadlineSeconds,
    unknown: policy.unknownDeadlineSeconds,
    submitted: policy.trainingDeadlineSeconds,
  }),
  timed: true,
  checks: (file, order) =>
    file === "weights"
      ? weightsChecks[(isTraining(order) && order.snapshot.weightsFormat) || "safetensors"]()
      : [jsonCheck()],
  end: (tx, ports, order) => endTraining(tx, ports, order, consequencesOf(order.state)),
  isInUse: (tx, { id, avatarId }) =>
    tx.avatars.find(avatarId).map((avatar) => avatar !== undefined && servingIn(avatar.state) === id),
};

const weightsChecks = {
  safetensors: () => [safetensorsCheck()],
  any: () => [contentCheck()],
} as const satisfies Record<WeightsFormat, () => readonly FileCheck[]>;

/** The pictures of a first look that is done and has not been told in a message of its own. */
const pictureIdsFor = (
  repositories: Repositories,
  trainingId: string,
): ResultAsync<readonly string[] | undefined, StorageFailure> =>
  safeTry(async function* () {
    const set = yield* firstLookOf(repositories, trainingId);
    if (!set || !isDone(set)) return ok(undefined);
    const told = yield* repositories.outbox.findByDedupeKey(dedupeKey(set.id, "first-look"));
    return ok(told ? undefined : endOf(set).pictureIds);
  });

/** The avatar's transition, and the message to its owner. */
type Consequences = readonly [AvatarTransition, NotificationContent?];

/** The consequences of each end. There is no message about a cancelled training, because its owner cancelled it. */
const consequencesOf = (state: Ended): Consequences => {
  switch (state.status) {
    case "succeeded":
      return [{ type: "complete" }, { template: "training-ready" }];
    case "failed":
      return [
        { type: "fail", reason: state.reason },
        { template: "training-failed", reason: state.reason },
      ];
    case "cancelled":
      return [{ type: "cancel" }];
  }
};

/** Moves the avatar, stores the message and orders the first look. The caller holds the avatar. */
export function endTraining(
  tx: Repositories,
  ports: EndPorts,
  order: Order,
  [transition, content]: Consequences,
): ResultAsync<void, IllegalTransition | SaveError> {
  const { id: orderId, avatarId } = order;
  const now = ports.clock.now();
  return safeTry(async function* () {
    const avatar = yield* tx.avatars.find(avatarId);
    if (!avatar) return ok(undefined);

    const moved = yield* advanceAvatar(avatar, transition);
    const ready = content?.template === "training-ready";
    const main = avatar.main || (ready && (yield* hasNoMain(tx, avatar.ownerId)));
    yield* tx.avatars.save({ ...moved, main, updatedAt: now });

    if (!content) return ok(undefined);
    const model = isTraining(order) ? modelIn(order.state) : undefined;
    let dueAt = ready ? addSeconds(now, ports.policy.copyWaitSeconds) : now;
    if (ready && isTraining(order) && model) {
      const { provider, snapshot } = order;
      const newModel = { provider, trainingId: orderId, trigger: snapshot.trigger, model };
      if (yield* orderFirstLook(tx, ports, avatar, newModel)) dueAt = addSeconds(now, longestWait(ports));
    }
    return tellOwner(tx, ports, { avatar, orderId, content: withWhatStays(content, moved), dueAt });
  });
}

/** How long the ready message waits for the copy of the model and for the first look. */
const longestWait = ({ policy }: Pick<EndPorts, "policy">): number =>
  Math.max(policy.copyWaitSeconds, policy.firstLookWaitSeconds);

/** After a failed second training the avatar is still ready, with its previous model. */
const withWhatStays = (content: NotificationContent, { state }: Avatar): NotificationContent =>
  content.template === "training-failed" && state.status === "ready" ? { ...content, stillReady: true } : content;

/** The first avatar of an owner that becomes ready becomes the main one. */
const hasNoMain = (tx: Repositories, ownerId: string) =>
  tx.avatars.listByOwner(ownerId).map((avatars) => !avatars.some(({ main }) => main));
