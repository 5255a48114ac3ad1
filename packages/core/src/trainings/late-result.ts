import { err, ok, type Result } from "neverthrow";
import { hasEnded, type Ended } from "../orders/order-lifecycle.ts";
import type { Order, OrderStatus } from "../orders/order.ts";
import { modelIn, type Training, type TrainingState } from "./training.ts";

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

/** The avatar already has this very result. */
interface AdoptedBefore {
  readonly type: "adopted-before";
}

/**
 * The end of a training whose late result can be adopted, or why it cannot. `serving`: the training whose model a ready
 * avatar has.
 */
export function lateResultOf(
  { id: trainingId, state, createdAt, nextCheckAt }: Training,
  serving: Order | undefined,
): Result<Ended & TrainingState, AdoptedBefore | NoLateResult | Superseded> {
  const { status } = state;
  const model = status !== "succeeded" && modelIn(state);
  if (model && serving?.id === trainingId) return err({ type: "adopted-before" });
  // The weights were not copied, and copying them was given up.
  if (!model || !hasEnded(state) || model.weights.givenUp || !(model.weights.blobKey ?? nextCheckAt))
    return err({ type: "no-late-result", trainingId, status });
  if (serving && serving.createdAt > createdAt) return err({ type: "superseded", trainingId: serving.id });
  return ok(state);
}
