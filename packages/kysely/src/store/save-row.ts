import { err, ok, type ResultAsync } from "neverthrow";
import type { AlreadyExists, SaveError, StorageFailure, VersionConflict } from "@likeness/core";
import type { Kysely } from "kysely";
import { attempt } from "../attempt.ts";
import type { Database } from "../database.ts";
import { brokenRule } from "./unique-rules.ts";

/** A statement that returns the row it wrote, or none when there was none to write. */
type Written = Promise<readonly object[]>;

interface RowToReplace<Value> {
  readonly entity: VersionConflict["entity"];
  readonly id: string;
  readonly value: Value;
  /** Updates only the version at which `value` was read. */
  update(): Written;
}

interface RowToSave<Value> extends RowToReplace<Value> {
  /** Does nothing when the id exists. */
  insert(): Written;
}

interface Versioned {
  readonly version: number;
}

/**
 * One compare-and-set statement: an insert at version 0, otherwise an update. Returns the value with its new version.
 */
export const saveRow = <Value extends Versioned>(
  db: Kysely<Database>,
  row: RowToSave<Value>,
): ResultAsync<Value, SaveError> =>
  row.value.version === 0
    ? write(db, row.value, row.insert, { type: "already-exists", rule: "id" })
    : replaceRow(db, row);

/** `saveRow` for rows that were inserted elsewhere. */
export const replaceRow = <Value extends Versioned>(
  db: Kysely<Database>,
  { entity, id, value, update }: RowToReplace<Value>,
): ResultAsync<Value, SaveError> => write(db, value, update, { type: "version-conflict", entity, id });

const write = <Value extends Versioned>(
  db: Kysely<Database>,
  value: Value,
  statement: () => Written,
  nothingWritten: AlreadyExists | VersionConflict,
): ResultAsync<Value, SaveError> =>
  attempt(db, statement)
    .mapErr(refusal)
    .andThen(([row]) => (row ? ok({ ...value, version: value.version + 1 }) : err(nothingWritten)));

/** Turns a failed write into `already-exists` if a unique rule refused it. */
export function refusal(failure: StorageFailure): SaveError {
  const rule = brokenRule(failure.cause);
  return rule ? { type: "already-exists", rule } : failure;
}
