import { isStored, type OutcomeFile } from "../orders/outcome.ts";

/** The outcome of a training: LoRA weights and the configuration they were trained with. */
export type Model = {
  readonly weights: OutcomeFile;
  readonly config?: OutcomeFile | undefined;
};

/** The file format of weights. Unless it is `any`, weights are checked before a copy is stored. */
export type WeightsFormat = "safetensors" | "any";

/** Whether the model is in our own blob store: complete, not yet, or given up. */
export type ModelCopy = "stored" | "under-way" | "given-up";

/** The state of our copy of a model. */
export function copyOf(model: Model): ModelCopy {
  if (isStored(model)) return "stored";
  return model.weights.givenUp ? "given-up" : "under-way";
}
