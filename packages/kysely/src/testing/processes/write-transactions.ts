/** Says `ready`, waits for a line, then counts a session up so many times: `write-transactions.ts <file> <times>`. */
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
// A busy machine may let the other one wait for long; a transaction that began wrongly fails at once, whatever this is.
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
