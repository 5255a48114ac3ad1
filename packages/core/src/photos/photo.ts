import type { Timestamp } from "../values/timestamp.ts";
import type { PhotoRejection } from "./photo-rejection.ts";

/** Where the bytes of a submitted photo come from; only the host's `PhotoSource` understands it. */
export interface PhotoReference {
  /** What the host fetches the file by, e.g. Telegram's `file_id`. Never a URL with a secret in it. */
  readonly locator: string;
  /** Identifies the submission: the same key twice for one avatar is one photo, e.g. chat and message id. */
  readonly key: string;
}

/** What the inspector measured on an accepted photo. */
export interface PhotoFacts {
  /** Hex SHA-256 of the file as it was received. */
  readonly sha256: string;
  /** 64-bit difference hash, 16 hex digits; a small Hamming distance means the same picture. */
  readonly fingerprint: string;
  /** Pixels of the training copy. */
  readonly width: number;
  readonly height: number;
  /** Bytes of the training copy. */
  readonly bytes: number;
}

export type PhotoState =
  | { readonly status: "pending" }
  /** `blobKey`: the training copy in the blob store. */
  | { readonly status: "accepted"; readonly blobKey: string; readonly facts: PhotoFacts }
  | { readonly status: "rejected"; readonly rejection: PhotoRejection };

/** One training picture of an avatar. */
export interface Photo {
  readonly id: string;
  readonly avatarId: string;
  /** Order of arrival within the avatar, from 1. It never changes and is never reused. */
  readonly number: number;
  /** Absent when the host passed the bytes itself. */
  readonly reference?: PhotoReference | undefined;
  readonly state: PhotoState;
  readonly createdAt: Timestamp;
  readonly version: number;
}
