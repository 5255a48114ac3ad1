import type { Owner, ProgressChoice, Timestamp } from "@likeness/core";
import { withoutNulls } from "./columns.ts";

export interface OwnerRow {
  readonly id: string;
  readonly locale: string | null;
  readonly pictures_per_press: number | null;
  readonly progress: ProgressChoice | null;
  readonly last_seen_at: Timestamp;
  readonly export_id: string | null;
  readonly exported_at: Timestamp | null;
  readonly version: number;
}

/** The row of the owner's next version. */
export const ownerRow = (owner: Owner): OwnerRow => ({
  id: owner.id,
  locale: owner.locale ?? null,
  pictures_per_press: owner.picturesPerPress ?? null,
  progress: owner.progress ?? null,
  last_seen_at: owner.lastSeenAt,
  export_id: owner.exported?.id ?? null,
  exported_at: owner.exported?.at ?? null,
  version: owner.version + 1,
});

export const ownerOf = (row: OwnerRow): Owner => ({
  id: row.id,
  ...withoutNulls({ locale: row.locale, picturesPerPress: row.pictures_per_press, progress: row.progress }),
  lastSeenAt: row.last_seen_at,
  ...(row.export_id !== null && row.exported_at !== null && { exported: { id: row.export_id, at: row.exported_at } }),
  version: row.version,
});
