/** Claims a job, says `claimed`, and never ends: `hold-a-job.ts <file> <lease seconds>`. */
import Sqlite from "better-sqlite3";
import { systemClock } from "@likeness/core";
import { Kysely } from "kysely";
import { ResultAsync } from "neverthrow";
import { prepareSqlite, sqliteDialect, sqliteJobQueue, type Database } from "../../index.ts";

const [path = "", leaseSeconds] = process.argv.slice(2);
const database = new Sqlite(path);
prepareSqlite(database)._unsafeUnwrap();
const db = new Kysely<Database>({ dialect: sqliteDialect({ database }) });

const started = await sqliteJobQueue(db, { clock: systemClock, leaseSeconds: Number(leaseSeconds) }).start({
  "example.work": () => {
    process.stdout.write("claimed\n");
    return ResultAsync.fromSafePromise(new Promise(() => undefined));
  },
});
started._unsafeUnwrap();
setInterval(() => undefined, 60_000);
