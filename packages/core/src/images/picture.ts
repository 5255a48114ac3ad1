import type { Timestamp } from "../values/timestamp.ts";
import type { PictureFacts } from "../ports/picture-inspector.ts";
import type { PicturePlan } from "./image-order.ts";

/** A picture that its owner has: it was made, checked, marked and copied into our own blob store. */
export interface Picture {
  /** The id of its order. */
  readonly id: string;
  /** The id of the first order of its set. */
  readonly setId: string;
  readonly avatarId: string;
  readonly ownerId: string;
  /** What it was made from. */
  readonly plan: PicturePlan;
  /** Hex SHA-256 of the stored bytes, their key in the blob store. */
  readonly blobKey: string;
  readonly bytes: number;
  readonly contentType: PictureFacts["contentType"];
  /** In pixels, measured. */
  readonly width: number;
  readonly height: number;
  readonly favourite: boolean;
  /** The channel's own name for a copy that it has, e.g. a `file_id` of Telegram. */
  readonly channelFile?: string | undefined;
  /** When its order was placed, less a millisecond for each place in its set, so that they sort in their order. */
  readonly createdAt: Timestamp;
  /** 0 before the first save; the store increments it with every write. */
  readonly version: number;
}

/** Which pictures of an owner: those of all avatars or of one, all or the favourites. */
export interface PictureFilter {
  readonly ownerId: string;
  readonly avatarId?: string | undefined;
  readonly favourites?: true | undefined;
}

/** Where a picture stands among those of a filter, the newest being 1. */
export interface PicturePosition {
  readonly position: number;
  readonly total: number;
  readonly newerId?: string | undefined;
  readonly olderId?: string | undefined;
}
