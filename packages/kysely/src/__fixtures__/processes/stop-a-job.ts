/** Stops its queue while a job runs that never ends by itself: `stop-a-job.ts <file>`. Prints the row of the job. */
import Sqlite from "better-sqlite3";
import { systemClock } from "@likeness/core";
import { Kysely } from "kysely";
import { ResultAsync } from "neverthrow";
import { prepareSqlite, sqliteDialect, sqliteJobQueue, type Database } from "../../index.ts";

const [path = ""] = process.argv.slice(2);
const database = new Sqlite(path);
prepareSqlite(database)._unsafeUnwrap();
const db = new Kysely<Database>({ dialect: sqliteDialect({ database }) });
const queue = sqliteJobQueue(db, { clock: systemClock });

await new Promise<void>((running) => {
  void queue.start({
    "example.work": () => {
      running();
      return ResultAsync.fromSafePromise(new Promise(() => undefined));
    },
  });
});
(await queue.stop({ graceMs: 50 }))._unsafeUnwrap();
process.stdout.write(JSON.stringify(database.prepare("select key, attempts, lease_owner from likeness_job").all()));
