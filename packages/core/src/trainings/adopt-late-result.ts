import { err, ok, safeTry, type ResultAsync } from "neverthrow";
import type { TrainingActive } from "../errors.ts";
import { holdOrder } from "../orders/change-order.ts";
import { saveEnded } from "../orders/end-order.ts";
import type { EndPorts } from "../orders/order-kind.ts";
import { hasEnded } from "../orders/order-lifecycle.ts";
import type { OrderStatus } from "../orders/order.ts";
import { atomically } from "../ports/atomically.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { trainingActive } from "../avatars/avatar-lifecycle.ts";
import { endTraining } from "./training-kind.ts";
import { isTraining, modelIn, type Training } from "./training.ts";

/** An operator's command: it names no actor and is never offered to a person. */
export interface AdoptLateResult {
  readonly trainingId: string;
}

/** There is no such training; it may have been erased with its avatar. */
export interface TrainingNotFound {
  readonly type: "training-not-found";
  readonly trainingId: string;
}

/** The training was not given up, or no result came after that, or its model was gone before it was copied. */
export interface NoLateResult {
  readonly type: "no-late-result";
  readonly trainingId: string;
  readonly status: OrderStatus;
}

/** The avatar already has the model of this training, which was started later. */
export interface Superseded {
  readonly type: "superseded";
  readonly trainingId: string;
}

export type AdoptLateResultError = TrainingNotFound | NoLateResult | TrainingActive | Superseded | StorageFailure;

export interface Adoption {
  /** `adopted-before`: it was adopted already, and nothing was changed. */
  readonly type: "adopted" | "adopted-before";
  readonly training: Training;
}

/**
 * Adopts the late result of a failed or cancelled training: its avatar becomes ready with it, and the owner is told.
 * The training keeps its outcome, so released credits stay released: adopting charges nothing. It replaces the model of
 * an older training; a newer model, or a training under way, is an error.
 */
export function adoptLateResult(
  ports: EndPorts & Pick<Ports, "store">,
  { trainingId }: AdoptLateResult,
): ResultAsync<Adoption, AdoptLateResultError> {
  return atomically(ports.store, (tx) =>
    safeTry(async function* () {
      const training = yield* holdOrder(tx, trainingId);
      const avatar = training && (yield* tx.avatars.find(training.avatarId));
      if (!avatar || !isTraining(training)) return err({ type: "training-not-found", trainingId } as const);
      const { state } = training;
      const { status } = state;
      const model = status !== "succeeded" && modelIn(state);
      const serving = avatar.state.status === "ready" && (yield* tx.orders.find(avatar.state.trainingId));
      if (model && serving && serving.id === trainingId) return ok({ type: "adopted-before", training } as const);
      // The weights were not copied, and copying them was given up.
      if (!model || !hasEnded(state) || model.weights.givenUp || !(model.weights.blobKey ?? training.nextCheckAt))
        return err({ type: "no-late-result", trainingId, status } as const);
      if (serving && serving.createdAt > training.createdAt)
        return err({ type: "superseded", trainingId: serving.id } as const);

      // The rest is the same as after a success in time.
      const saved = yield* saveEnded(tx, ports, { ...training, state });
      return endTraining(tx, ports, training, [{ type: "adopt", trainingId }, { template: "training-ready" }])
        .map(() => ({ type: "adopted", training: isTraining(saved) ? saved : training }) as const)
        .mapErr((error) => (error.type === "illegal-transition" ? trainingActive(avatar) : error));
    }),
  );
}
