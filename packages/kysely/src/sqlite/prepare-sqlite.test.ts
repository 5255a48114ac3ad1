import { once } from "node:events";
import { Worker } from "node:worker_threads";
import Sqlite from "better-sqlite3";
import { err, ok } from "neverthrow";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryPath } from "../__fixtures__/temporary-sqlite.ts";
import { prepareSqlite } from "./prepare-sqlite.ts";
import type { SqliteHandle } from "./sqlite-handle.ts";

const settings = {
  busy_timeout: 2_000,
  journal_mode: "wal",
  synchronous: 2,
  foreign_keys: 1,
  wal_autocheckpoint: 4_000,
  journal_size_limit: 67_108_864,
  trusted_schema: 0,
};

function open(path: string): Sqlite.Database {
  const database = new Sqlite(path);
  onTestFinished(() => void database.close());
  return database;
}

const settingsOf = (database: Sqlite.Database): object =>
  Object.fromEntries(Object.keys(settings).map((pragma) => [pragma, database.pragma(pragma, { simple: true })]));

/** Locks a file as the change to WAL mode does; in a thread, because `prepareSqlite` blocks its own. */
const holdForLonger = `
  const { parentPort, workerData } = require("node:worker_threads");
  const database = new (require("better-sqlite3"))(workerData.path);
  database.exec("begin exclusive");
  parentPort.postMessage("held");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, workerData.milliseconds);
  database.exec("create table held (value); commit");
  database.close();
`;

describe("prepareSqlite", () => {
  it("makes every setting", () => {
    const database = open(temporaryPath());
    expect(prepareSqlite(database)).toStrictEqual(ok(undefined));
    expect(settingsOf(database)).toStrictEqual(settings);
  });

  it("makes them anew for each connection, because most are not stored in the file", () => {
    const path = temporaryPath();
    prepareSqlite(open(path));
    const second = open(path);
    expect(settingsOf(second)).not.toStrictEqual(settings);
    expect(prepareSqlite(second)).toStrictEqual(ok(undefined));
    expect(settingsOf(second)).toStrictEqual(settings);
  });

  it("waits while another process that opens the new file holds it for longer than a statement may wait", async () => {
    const path = temporaryPath();
    const holder = new Worker(holdForLonger, { eval: true, workerData: { path, milliseconds: 2_300 } });
    await once(holder, "message");
    expect(prepareSqlite(open(path))).toStrictEqual(ok(undefined));
    await once(holder, "exit");
  });

  it("says that a database in memory will not do", () => {
    expect(prepareSqlite(open(":memory:"))).toStrictEqual(
      err({
        type: "sqlite-setting-refused",
        pragma: "journal_mode",
        expected: "wal",
        actual: "memory",
        detail: "a database in memory cannot keep a write-ahead log: open a file",
      }),
    );
  });

  it("reads every setting back, so that none can be lost on the way", () => {
    const path = temporaryPath();
    prepareSqlite(open(path));
    // What better-sqlite3 opens in WAL mode is at NORMAL: a power cut may take commits back.
    const database = open(path);
    const deaf: SqliteHandle = {
      inTransaction: false,
      prepare: (sql) => database.prepare(sql),
      close: () => undefined,
      pragma: (source, options) => (source.startsWith("synchronous =") ? undefined : database.pragma(source, options)),
    };
    expect(prepareSqlite(deaf)).toStrictEqual(
      err({
        type: "sqlite-setting-refused",
        pragma: "synchronous",
        expected: 2,
        actual: 1,
        detail: "SQLite keeps synchronous at 1",
      }),
    );
  });

  it("returns what SQLite throws", () => {
    const database = open(temporaryPath());
    database.close();
    expect(prepareSqlite(database)).toStrictEqual(
      err({ type: "storage-failure", cause: new TypeError("The database connection is not open") }),
    );
  });
});
