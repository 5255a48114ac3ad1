import type { AlreadyExists, StorageFailure, Timestamp, UniqueRule, VersionConflict } from "@likeness/core";
import { err, ok, type Result } from "neverthrow";
import { copyOf } from "./copy-of.ts";
import { storageFailure } from "./memory-database.ts";
import type { Tables } from "./tables.ts";

/** The unique key of a row: two rows must not have the same text. `undefined`: no key. */
export type Rules<Row> = readonly (readonly [UniqueRule, (row: Row) => string | undefined])[];

export interface RowKind<Row> {
  readonly entity: VersionConflict["entity"];
  readonly id: (row: Row) => string;
  readonly rules: Rules<Row>;
}

/** Inserts at version 0, otherwise updates only the version at which the row was read. */
export function saveRow<Row extends { readonly version: number }>(
  rows: Map<string, Row>,
  row: Row,
  { entity, id, rules }: RowKind<Row>,
): Result<Row, VersionConflict | AlreadyExists> {
  const key = id(row);
  const stored = rows.get(key);
  if (stored && row.version === 0) return err({ type: "already-exists", rule: "id" });
  if (row.version !== (stored?.version ?? 0)) return err({ type: "version-conflict", entity, id: key });

  const others = [...rows.values()].filter((other) => id(other) !== key);
  const broken = brokenRule(row, others, rules);
  if (broken) return err({ type: "already-exists", rule: broken });

  const saved = { ...copyOf(row), version: row.version + 1 };
  rows.set(key, saved);
  return ok(saved);
}

function brokenRule<Row>(row: Row, others: readonly Row[], rules: Rules<Row>): UniqueRule | undefined {
  const broken = rules.find(([, keyOf]) => {
    const key = keyOf(row);
    return key !== undefined && others.some((other) => keyOf(other) === key);
  });
  return broken?.[0];
}

/** The foreign key: a row of an avatar that is not there is refused. */
export const belongsToAvatar = ({ avatars }: Tables, avatarId: string): Result<void, StorageFailure> =>
  avatars.has(avatarId) ? ok(undefined) : err(storageFailure(new Error(`no avatar ${avatarId}: foreign key`)));

/** The rows of a table that a test picks, in the order of a text. */
export const rowsBy = <Row>(rows: Map<string, Row>, pick: (row: Row) => boolean, order: (row: Row) => string): Row[] =>
  [...rows.values()].filter(pick).toSorted((left, right) => compare(order(left), order(right)));

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

export const isBefore = (at: Timestamp | undefined, moment: Timestamp): boolean => at !== undefined && at < moment;
