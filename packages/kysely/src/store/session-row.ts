import type { Json, Session } from "@likeness/core";
import { fromJson, toJson, type JsonText } from "./columns.ts";

export interface SessionRow {
  readonly key: string;
  readonly value: JsonText<Json>;
  readonly version: number;
}

/** The row of the session's next version. */
export const sessionRow = ({ key, value, version }: Session): SessionRow => ({
  key,
  value: toJson(value),
  version: version + 1,
});

export const sessionOf = ({ key, value, version }: SessionRow): Session => ({
  key,
  value: fromJson(value),
  version,
});
