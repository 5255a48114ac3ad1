import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { advanceAvatar, type AvatarTransition } from "../avatars/avatar-lifecycle.ts";
import type { Avatar, AvatarState } from "../avatars/avatar.ts";
import type { IllegalTransition } from "../errors.ts";
import type { NotificationContent } from "../messages/notification.ts";
import { dedupeKey, tellOwner } from "../messages/tell-owner.ts";
import { contentCheck, jsonCheck, type FileCheck } from "../orders/file-check.ts";
import type { OrderKind } from "../orders/order-kind.ts";
import type { Ended } from "../orders/order-lifecycle.ts";
import { safetensorsCheck } from "../orders/safetensors-check.ts";
import type { Ports } from "../ports/ports.ts";
import type { SaveError } from "../ports/storage-errors.ts";
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
  deadlineSeconds: ({ trainingDeadlineSeconds }) => trainingDeadlineSeconds,
  checks: (file, order) =>
    file === "weights"
      ? weightsChecks[(isTraining(order) && order.snapshot.weightsFormat) || "safetensors"]()
      : [jsonCheck()],
  end: (tx, ports, { id, avatarId, state }) => endTraining(tx, ports, { id, avatarId }, consequencesOf(state)),
  isInUse: (tx, { id, avatarId }) =>
    tx.avatars.find(avatarId).map((avatar) => avatar !== undefined && servingIn(avatar.state) === id),
};

const weightsChecks = {
  safetensors: () => [safetensorsCheck()],
  any: () => [contentCheck()],
} as const satisfies Record<WeightsFormat, () => readonly FileCheck[]>;

/** The training whose model the avatar uses now. */
function servingIn(state: AvatarState): string | undefined {
  if (state.status === "ready") return state.trainingId;
  return state.status === "training" ? state.servingTrainingId : undefined;
}

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

/** Moves the avatar and stores the message. The caller holds the avatar. */
export function endTraining(
  tx: Repositories,
  ports: Pick<Ports, "clock" | "ids" | "policy">,
  { id: orderId, avatarId }: { readonly id: string; readonly avatarId: string },
  [transition, content]: Consequences,
): ResultAsync<void, IllegalTransition | SaveError> {
  const now = ports.clock.now();
  return safeTry(async function* () {
    const avatar = yield* tx.avatars.find(avatarId);
    if (!avatar) return ok(undefined);

    const moved = yield* advanceAvatar(avatar, transition);
    const ready = content?.template === "training-ready";
    const main = avatar.main || (ready && (yield* hasNoMain(tx, avatar.ownerId)));
    yield* tx.avatars.save({ ...moved, main, updatedAt: now });

    if (!content) return ok(undefined);
    const dueAt = addSeconds(now, ready ? ports.policy.copyWaitSeconds : 0);
    return tellOwner(tx, ports, { avatar, orderId, content: withWhatStays(content, moved), dueAt });
  });
}

/** After a failed second training the avatar is still ready, with its previous model. */
const withWhatStays = (content: NotificationContent, { state }: Avatar): NotificationContent =>
  content.template === "training-failed" && state.status === "ready" ? { ...content, stillReady: true } : content;

/** The first avatar of an owner that becomes ready becomes the main one. */
const hasNoMain = (tx: Repositories, ownerId: string) =>
  tx.avatars.listByOwner(ownerId).map((avatars) => !avatars.some(({ main }) => main));
