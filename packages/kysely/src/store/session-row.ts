import type { Json, Session } from "@likeness/core";
import { fromJson, toJson, withoutNulls, type JsonText } from "./columns.ts";

export interface SessionRow {
  readonly key: string;
  readonly owner_id: string | null;
  readonly value: JsonText<Json>;
  readonly version: number;
}

/** The row of the session's next version. */
export const sessionRow = ({ key, ownerId, value, version }: Session): SessionRow => ({
  key,
  owner_id: ownerId ?? null,
  value: toJson(value),
  version: version + 1,
});

export const sessionOf = ({ key, owner_id, value, version }: SessionRow): Session => ({
  key,
  ...withoutNulls({ ownerId: owner_id }),
  value: fromJson(value),
  version,
});
