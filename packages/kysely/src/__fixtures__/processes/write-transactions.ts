/**
 * Prints `ready`, waits for a line, then increments a session this many times: `write-transactions.ts <file> <times>`.
 */
import { once } from "node:events";
import Sqlite from "better-sqlite3";
import { systemClock } from "@likeness/core";
import { Kysely } from "kysely";
import {
  kyselyStore,
  migrate,
  prepareSqlite,
  sqliteDialect,
  sqliteJobQueue,
  sqliteMigrations,
  type Database,
} from "../../index.ts";

const [path = "", times] = process.argv.slice(2);
process.stdout.write("ready\n");
await once(process.stdin, "data");

const database = new Sqlite(path);
prepareSqlite(database)._unsafeUnwrap();
// Long, because a busy machine delays the other process; a deferred transaction would fail at once regardless of it.
database.pragma("busy_timeout = 15000");
const db = new Kysely<Database>({ dialect: sqliteDialect({ database }) });
(await migrate(db, sqliteMigrations))._unsafeUnwrap();
const store = kyselyStore(db, { jobs: sqliteJobQueue(db, { clock: systemClock }).within });

for (let time = 0; time < Number(times); time++) {
  const counted = await store.atomically((tx) =>
    tx.sessions
      .find("counter")
      .andThen((session) =>
        tx.sessions.save({ key: "counter", value: Number(session?.value ?? 0) + 1, version: session?.version ?? 0 }),
      ),
  );
  counted._unsafeUnwrap();
}
process.stdin.destroy();
