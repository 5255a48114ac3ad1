import { err, fromThrowable, ok, type Result } from "neverthrow";
import type { StorageFailure } from "@likeness/core";
import { storageFailure } from "../attempt.ts";
import type { SqliteHandle } from "./sqlite-handle.ts";

/** The settings of a connection, in the order in which they are made. https://www.sqlite.org/pragma.html */
const settings = [
  // Milliseconds. The wait blocks the event loop, so it is short.
  { pragma: "busy_timeout", value: 2_000, reading: 2_000 },
  // Readers do not wait for the writer.
  { pragma: "journal_mode", value: "wal", reading: "wal" },
  // A commit survives a power cut. better-sqlite3 is compiled to take NORMAL in WAL mode, which does not promise that.
  { pragma: "synchronous", value: "full", reading: 2 },
  { pragma: "foreign_keys", value: "on", reading: 1 },
  // Pages in the log (16 MB) before they are moved into the database, which delays the commit at that moment. The
  // default
  // is a quarter of that, which delayed one webhook in a hundred.
  { pragma: "wal_autocheckpoint", value: 4_000, reading: 4_000 },
  // Bytes to which the log file is truncated.
  { pragma: "journal_size_limit", value: 67_108_864, reading: 67_108_864 },
  // Deleted data is overwritten, also in a page that stays in use.
  { pragma: "secure_delete", value: "on", reading: 1 },
  // Functions with side effects cannot be called from a manipulated schema.
  { pragma: "trusted_schema", value: "off", reading: 0 },
] as const;

/** SQLite did not apply a setting. Without it paid work could be lost, so the database must not be used. */
export interface SqliteSettingRefused {
  readonly type: "sqlite-setting-refused";
  readonly pragma: (typeof settings)[number]["pragma"];
  readonly expected: string | number;
  /** The value that SQLite returns for it. */
  readonly actual: unknown;
  readonly detail: string;
}

/** Applies the settings to a newly opened `better-sqlite3` database, and reads each back. */
export function prepareSqlite(database: SqliteHandle): Result<void, SqliteSettingRefused | StorageFailure> {
  return fromThrowable(() => {
    for (const { pragma, value } of settings)
      untilUnlocked(() => database.pragma(`${pragma} = ${value}`, { simple: true }));
    return settings.map((setting) => ({ ...setting, actual: database.pragma(setting.pragma, { simple: true }) }));
  }, storageFailure)().andThen((made) => {
    const refused = made.find(({ reading, actual }) => actual !== reading);
    if (!refused) return ok(undefined);
    const { pragma, reading: expected, actual } = refused;
    return err({ type: "sqlite-setting-refused", pragma, expected, actual, detail: detailOf(pragma, actual) } as const);
  });
}

/** Milliseconds. */
const opening = { deadline: 15_000, pause: 20 };

/**
 * Repeats what fails because the file is locked. Two processes that change a new file to WAL at once could wait for each
 * other for ever, so SQLite fails in one of them without waiting for the busy timeout.
 * https://www.sqlite.org/c3ref/busy_handler.html
 */
function untilUnlocked(work: () => void): void {
  const end = Date.now() + opening.deadline;
  for (;;)
    try {
      return work();
    } catch (cause) {
      if (!isBusy(cause) || Date.now() >= end) throw cause;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, opening.pause);
    }
}

const isBusy = (cause: unknown): boolean =>
  cause instanceof Error && "code" in cause && String(cause.code).startsWith("SQLITE_BUSY");

const detailOf = (pragma: string, actual: unknown): string =>
  pragma === "journal_mode" && actual === "memory"
    ? "a database in memory cannot keep a write-ahead log: open a file"
    : `SQLite keeps ${pragma} at ${String(actual)}`;
