import { err, ok, safeTry, type ResultAsync } from "neverthrow";
import type { TrainingActive } from "../errors.ts";
import { holdOrder } from "../orders/change-order.ts";
import { saveEnded } from "../orders/end-order.ts";
import type { EndPorts } from "../orders/order-kind.ts";
import { atomically } from "../ports/atomically.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { trainingActive } from "../avatars/avatar-lifecycle.ts";
import { lateResultOf, type NoLateResult, type Superseded } from "./late-result.ts";
import { endTraining } from "./training-kind.ts";
import { isTraining, type Training } from "./training.ts";

/** An operator's command: it names no actor and is never offered to a person. */
export interface AdoptLateResult {
  readonly trainingId: string;
}

/** There is no such training; it may have been erased with its avatar. */
export interface TrainingNotFound {
  readonly type: "training-not-found";
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
      const serving = avatar.state.status === "ready" ? yield* tx.orders.find(avatar.state.trainingId) : undefined;
      const late = lateResultOf(training, serving);
      if (late.isErr())
        return late.error.type === "adopted-before"
          ? ok({ type: "adopted-before", training } as const)
          : err(late.error);

      // The rest is the same as after a success in time.
      const saved = yield* saveEnded(tx, ports, { ...training, state: late.value });
      return endTraining(tx, ports, training, [{ type: "adopt", trainingId }, { template: "training-ready" }])
        .map(() => ({ type: "adopted", training: isTraining(saved) ? saved : training }) as const)
        .mapErr((error) => (error.type === "illegal-transition" ? trainingActive(avatar) : error));
    }),
  );
}
