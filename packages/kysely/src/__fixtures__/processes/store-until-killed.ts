/** Stores sessions, many at a time, and prints each key when its save has succeeded: `store-until-killed.ts <file>`. */
import { writeSync } from "node:fs";
import { systemClock } from "@likeness/core";
import Sqlite from "better-sqlite3";
import { Kysely } from "kysely";
import { kyselyStore, prepareSqlite, sqliteDialect, sqliteJobQueue, type Database } from "../../index.ts";

const [path = ""] = process.argv.slice(2);
const database = new Sqlite(path);
prepareSqlite(database)._unsafeUnwrap();
const db = new Kysely<Database>({ dialect: sqliteDialect({ database }) });
const store = kyselyStore(db, { jobs: sqliteJobQueue(db, { clock: systemClock }).within });

async function storeForEver(name: string): Promise<never> {
  for (let number = 0; ; number++) {
    const key = `${name} ${number}`;
    const stored = await store.atomically((tx) => tx.sessions.save({ key, value: "x".repeat(2_000), version: 0 }));
    stored._unsafeUnwrap();
    writeSync(1, `${key}\n`);
  }
}

await Promise.all(Array.from({ length: 20 }, (_, index) => storeForEver(`writer ${index}`)));
