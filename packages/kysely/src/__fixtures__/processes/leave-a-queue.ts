/** Starts a queue, prints `started`, and has nothing more to do: `leave-a-queue.ts <file>`. */
import Sqlite from "better-sqlite3";
import { systemClock } from "@likeness/core";
import { Kysely } from "kysely";
import { prepareSqlite, sqliteDialect, sqliteJobQueue, type Database } from "../../index.ts";

const [path = ""] = process.argv.slice(2);
const database = new Sqlite(path);
prepareSqlite(database)._unsafeUnwrap();
const db = new Kysely<Database>({ dialect: sqliteDialect({ database }) });
(await sqliteJobQueue(db, { clock: systemClock }).start({}))._unsafeUnwrap();
process.stdout.write("started");
