import type { Avatar, AvatarKind, AvatarState, AvatarStatus, FailureReason, Gender, Timestamp } from "@likeness/core";
import { withoutNulls, notNull, toInteger } from "./columns.ts";

export interface AvatarRow {
  readonly id: string;
  readonly owner_id: string;
  readonly kind: AvatarKind;
  readonly gender: Gender;
  readonly name: string;
  readonly main: 0 | 1;
  readonly photos_taken: number;
  readonly status: AvatarStatus;
  readonly training_id: string | null;
  readonly serving_training_id: string | null;
  readonly failure_reason: FailureReason | null;
  readonly created_at: Timestamp;
  readonly updated_at: Timestamp;
  readonly version: number;
}

/** The row of the avatar's next version. */
export const avatarRow = ({ state, ...avatar }: Avatar): AvatarRow => ({
  id: avatar.id,
  owner_id: avatar.ownerId,
  kind: avatar.kind,
  gender: avatar.gender,
  name: avatar.name,
  main: toInteger(avatar.main),
  photos_taken: avatar.photosTaken,
  status: state.status,
  training_id: "trainingId" in state ? state.trainingId : null,
  serving_training_id: state.status === "training" ? (state.servingTrainingId ?? null) : null,
  failure_reason: state.status === "failed" ? state.reason : null,
  created_at: avatar.createdAt,
  updated_at: avatar.updatedAt,
  version: avatar.version + 1,
});

export const avatarOf = (row: AvatarRow): Avatar => ({
  id: row.id,
  ownerId: row.owner_id,
  kind: row.kind,
  gender: row.gender,
  name: row.name,
  main: row.main === 1,
  photosTaken: row.photos_taken,
  state: states[row.status](row),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  version: row.version,
});

const states = {
  draft: () => ({ status: "draft" }),
  training: (row) => ({
    status: "training",
    trainingId: notNull(row.training_id),
    ...withoutNulls({ servingTrainingId: row.serving_training_id }),
  }),
  failed: (row) => ({
    status: "failed",
    trainingId: notNull(row.training_id),
    reason: notNull(row.failure_reason),
  }),
  ready: (row) => ({ status: "ready", trainingId: notNull(row.training_id) }),
} as const satisfies Record<AvatarStatus, (row: AvatarRow) => AvatarState>;
