import type { Photo, PhotoRejection, PhotoState, Timestamp } from "@likeness/core";
import { fromJson, notNull, toJson, type JsonText } from "./columns.ts";

export interface PhotoRow {
  readonly id: string;
  readonly avatar_id: string;
  readonly number: number;
  readonly reference_locator: string | null;
  readonly reference_key: string | null;
  readonly status: PhotoState["status"];
  readonly blob_key: string | null;
  readonly sha256: string | null;
  readonly fingerprint: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly bytes: number | null;
  readonly rejection: JsonText<PhotoRejection> | null;
  readonly created_at: Timestamp;
  readonly version: number;
}

/** The row of the photo's next version. */
export const photoRow = ({ state, ...photo }: Photo): PhotoRow => {
  const facts = state.status === "accepted" ? state.facts : undefined;
  return {
    id: photo.id,
    avatar_id: photo.avatarId,
    number: photo.number,
    reference_locator: photo.reference?.locator ?? null,
    reference_key: photo.reference?.key ?? null,
    status: state.status,
    blob_key: state.status === "accepted" ? state.blobKey : null,
    sha256: facts?.sha256 ?? null,
    fingerprint: facts?.fingerprint ?? null,
    width: facts?.width ?? null,
    height: facts?.height ?? null,
    bytes: facts?.bytes ?? null,
    rejection: state.status === "rejected" ? toJson(state.rejection) : null,
    created_at: photo.createdAt,
    version: photo.version + 1,
  };
};

export const photoOf = (row: PhotoRow): Photo => ({
  id: row.id,
  avatarId: row.avatar_id,
  number: row.number,
  ...referenceOf(row),
  state: states[row.status](row),
  createdAt: row.created_at,
  version: row.version,
});

const referenceOf = ({ reference_key, reference_locator }: PhotoRow): Pick<Photo, "reference"> =>
  reference_key === null ? {} : { reference: { locator: notNull(reference_locator), key: reference_key } };

const states = {
  pending: () => ({ status: "pending" }),
  accepted: (row) => ({
    status: "accepted",
    blobKey: notNull(row.blob_key),
    facts: {
      sha256: notNull(row.sha256),
      fingerprint: notNull(row.fingerprint),
      width: notNull(row.width),
      height: notNull(row.height),
      bytes: notNull(row.bytes),
    },
  }),
  rejected: (row) => ({ status: "rejected", rejection: fromJson(notNull(row.rejection)) }),
} as const satisfies Record<PhotoState["status"], (row: PhotoRow) => PhotoState>;
