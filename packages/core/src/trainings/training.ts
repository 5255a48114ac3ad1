import type { AvatarKind } from "../avatars/avatar.ts";
import { outcomeIn, type Order, type OrderSnapshot, type OrderState, type ManifestEntry } from "../orders/order.ts";
import type { Model, WeightsFormat } from "./model.ts";
import type { Preset } from "./profile.ts";

/** Everything that a training is made from, with what else its profile has for the adapter. */
export interface TrainingSnapshot extends OrderSnapshot {
  readonly kind: AvatarKind;
  readonly preset: Preset;
  /** Absent: `safetensors`. */
  readonly weightsFormat?: WeightsFormat | undefined;
  readonly steps: number;
  /** The word that stands for the avatar in a prompt. */
  readonly trigger: string;
  readonly manifest: readonly ManifestEntry[];
}

/** The order of a model of an avatar. An avatar has at most one that is under way. */
export interface Training extends Order<TrainingSnapshot, Model> {
  readonly kind: "training";
}

/** The status of a training, with the data of that status. */
export type TrainingState = OrderState<Model>;

export const isTraining = (order: Order | undefined): order is Training => order?.kind === "training";

/** The model that a training yielded, in time or late; `undefined` when it yielded none. */
export const modelIn = (state: TrainingState): Model | undefined => outcomeIn(state);
