import type { Picture, PicturePlan, Timestamp } from "@likeness/core";
import { fromJson, toInteger, toJson, withoutNulls, type JsonText } from "./columns.ts";

export interface PictureRow {
  readonly id: string;
  readonly set_id: string;
  readonly avatar_id: string;
  readonly owner_id: string;
  readonly plan: JsonText<PicturePlan>;
  readonly blob_key: string;
  readonly bytes: number;
  readonly content_type: Picture["contentType"];
  readonly width: number;
  readonly height: number;
  readonly favourite: 0 | 1;
  readonly channel_file: string | null;
  readonly created_at: Timestamp;
  readonly version: number;
}

/** The row of the picture's next version. */
export const pictureRow = (picture: Picture): PictureRow => ({
  id: picture.id,
  set_id: picture.setId,
  avatar_id: picture.avatarId,
  owner_id: picture.ownerId,
  plan: toJson(picture.plan),
  blob_key: picture.blobKey,
  bytes: picture.bytes,
  content_type: picture.contentType,
  width: picture.width,
  height: picture.height,
  favourite: toInteger(picture.favourite),
  channel_file: picture.channelFile ?? null,
  created_at: picture.createdAt,
  version: picture.version + 1,
});

export const pictureOf = (row: PictureRow): Picture => ({
  id: row.id,
  setId: row.set_id,
  avatarId: row.avatar_id,
  ownerId: row.owner_id,
  plan: fromJson(row.plan),
  blobKey: row.blob_key,
  bytes: row.bytes,
  contentType: row.content_type,
  width: row.width,
  height: row.height,
  favourite: row.favourite === 1,
  ...withoutNulls({ channelFile: row.channel_file }),
  createdAt: row.created_at,
  version: row.version,
});
