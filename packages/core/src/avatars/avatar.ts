import type { FailureReason } from "../orders/failure-reason.ts";
import type { Timestamp } from "../values/timestamp.ts";

/** What is learned: a person's face, or a style of pictures. */
export const avatarKinds = ["portrait", "style"] as const;
export type AvatarKind = (typeof avatarKinds)[number];

export const genders = ["female", "male", "unspecified"] as const;
export type Gender = (typeof genders)[number];

/** The status of an avatar, with the data of that status. The transitions are in avatar-lifecycle.ts. */
export type AvatarState =
  | { readonly status: "draft" }
  /** `servingTrainingId`: the older training whose model serves until this one is done. */
  | { readonly status: "training"; readonly trainingId: string; readonly servingTrainingId?: string | undefined }
  | { readonly status: "failed"; readonly trainingId: string; readonly reason: FailureReason }
  /** The model is the result of the training with this id; if that was given up, its late one. See `modelIn`. */
  | { readonly status: "ready"; readonly trainingId: string };

export type AvatarStatus = AvatarState["status"];

/** What the person sees: a name, photos, and a model once a training has succeeded. */
export interface Avatar {
  /** UUIDv7. */
  readonly id: string;
  /** Opaque, e.g. `telegram:42`. */
  readonly ownerId: string;
  readonly kind: AvatarKind;
  readonly gender: Gender;
  readonly name: string;
  /** The one that image requests use by default; at most one per owner. */
  readonly main: boolean;
  /** How many photos have arrived since it was created; the next one gets this number + 1, so none is reused. */
  readonly photosTaken: number;
  readonly state: AvatarState;
  readonly createdAt: Timestamp;
  readonly updatedAt: Timestamp;
  /** 0 before the first save; the store increments it with every write. */
  readonly version: number;
}
