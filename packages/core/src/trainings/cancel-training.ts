import { err, ok, safeTry, type ResultAsync } from "neverthrow";
import { ownAvatar, type AvatarCommand } from "../avatars/own-avatar.ts";
import type { AvatarNotFound } from "../errors.ts";
import { cancelOrder, type CancelOrderError, type CancelPorts } from "../orders/cancel-order.ts";
import { isTraining, type Training } from "./training.ts";

/** The avatar has no training under way. */
export interface NoTraining {
  readonly type: "no-training";
  readonly avatarId: string;
}

export type CancelTrainingError = AvatarNotFound | NoTraining | CancelOrderError;

/** `too-late`: the provider has finished, and the outcome is applied as usual. */
export type Cancellation = { readonly type: "cancelled" | "too-late"; readonly training: Training };

/**
 * Cancels the training under way, at the provider first. While it is not known whether the provider has it
 * (`submitting`, `unknown`) it cannot be cancelled: `illegal-transition`. If a result arrives anyway, it is stored as a
 * late result.
 */
export function cancelTraining(
  ports: CancelPorts,
  command: AvatarCommand,
): ResultAsync<Cancellation, CancelTrainingError> {
  const { store } = ports;
  return safeTry(async function* () {
    const avatar = yield* ownAvatar(store, command);
    const none: NoTraining = { type: "no-training", avatarId: avatar.id };
    if (avatar.state.status !== "training") return err(none);
    const training = yield* store.orders.find(avatar.state.trainingId);
    if (!isTraining(training)) return err(none);

    const type = yield* cancelOrder(ports, training);
    // Its status has changed since it was read.
    if (!type) return cancelTraining(ports, command);
    const ended = yield* store.orders.find(training.id);
    return ok({ type, training: isTraining(ended) ? ended : training });
  });
}
