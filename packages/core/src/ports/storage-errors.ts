/** The database failed. The caller may try again later. */
export interface StorageFailure {
  readonly type: "storage-failure";
  readonly cause: unknown;
}

/** Another transaction wrote the row since it was read: the caller has to read and decide again. */
export interface VersionConflict {
  readonly type: "version-conflict";
  readonly entity:
    "avatar" | "photo" | "order" | "picture" | "notification" | "session" | "owner" | "erasure" | "alarm";
  readonly id: string;
}

/** The rules that a store enforces with unique constraints. */
export type UniqueRule =
  /** No two photos of an avatar with the same `facts.sha256`. */
  | "photo-sha256"
  /** No two photos of an avatar with the same `reference.key`. */
  | "photo-reference"
  /** No two photos of an avatar with the same `number`. */
  | "photo-number"
  /** One training under way per avatar. */
  | "training-active"
  /** No two orders with the same `idempotencyKey`. */
  | "order-key"
  /** No two orders with the same provider and request id. */
  | "order-request"
  /** One main avatar per owner. */
  | "avatar-main"
  /** An insert (version 0) of an id that exists. */
  | "id";

/** A unique constraint refused the write. */
export interface AlreadyExists {
  readonly type: "already-exists";
  readonly rule: UniqueRule;
}

/** The errors of saving a row. */
export type SaveError = StorageFailure | VersionConflict | AlreadyExists;
