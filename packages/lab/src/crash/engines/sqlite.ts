import { join } from "node:path";
import { addSeconds, orThrow, systemClock } from "@likeness/core";
import {
  kyselyCredits,
  kyselyPurchases,
  kyselyStore,
  migrate,
  prepareSqlite,
  sqliteDialect,
  sqliteJobQueue,
  sqliteMigrations,
  type Database as Tables,
} from "@likeness/kysely";
import Database from "better-sqlite3";
import { Kysely } from "kysely";
import { prices } from "../host/funded-credits.ts";
import {
  distantSeconds,
  statementLog,
  unrelated,
  type Engine,
  type OpenEngine,
  type OpenOptions,
  type Watched,
} from "./engine.ts";

const leaseSeconds = 2;

/** One file for each database, and the job queue in a table of it. */
export const sqlite: Engine = {
  replicas: 3,
  recoverySeconds: leaseSeconds,
  releasedSeconds: leaseSeconds,
  start: async (folder) => {
    let made = 0;
    return {
      database: async () => {
        const file = join(folder, `${++made}.db`);
        const { db, database } = await connect(file);
        await orThrow(migrate(db, sqliteMigrations));
        database.exec(statusHistory);
        await db.destroy();
        return file;
      },
      stop: async () => undefined,
    };
  },
  open: openSqlite,
  watch: (file) => {
    const database = new Database(file, { readonly: true, timeout: 5_000 });
    const db: Watched["db"] = new Kysely({ dialect: sqliteDialect({ database }) });
    return {
      db,
      jobs: async () => {
        const distant = addSeconds(systemClock.now(), distantSeconds);
        const rows = await db.selectFrom("likeness_job").selectAll().where("kind", "not in", unrelated).execute();
        const near = rows.filter(({ run_at, dead_at }) => run_at <= distant || dead_at !== null);
        return near.map(({ kind, key, dead_at }) => `${kind} ${key}${dead_at === null ? "" : " (dead)"}`);
      },
      // The lease is short as it is.
      releaseSoon: async () => undefined,
      close: () => db.destroy(),
    };
  },
};

/** Store and queue, and the connection that both use. */
export async function openSqlite(
  file: string,
  options: OpenOptions,
): Promise<OpenEngine & { readonly database: Database.Database }> {
  const { clock, log } = options;
  const { db, database } = await connect(file, options);
  const queue = sqliteJobQueue(db, { clock, log, leaseSeconds });
  const store = kyselyStore(db, { jobs: queue.within });
  const credits = kyselyCredits(db, { prices, clock });
  const purchases = kyselyPurchases(db, { credits, jobs: queue.within });
  return { store, queue, credits, purchases, database, close: () => db.destroy() };
}

async function connect(
  file: string,
  options?: OpenOptions,
): Promise<{ readonly db: Kysely<Tables>; readonly database: Database.Database }> {
  const database = new Database(file);
  orThrow(prepareSqlite(database));
  return {
    database,
    db: new Kysely<Tables>({ dialect: sqliteDialect({ database }), ...(options && statementLog(options)) }),
  };
}

const statusHistory = `
  create table status_history (order_id text not null, status text not null) strict;
  create trigger note_new_order after insert on likeness_order
  begin insert into status_history values (new.id, new.status); end;
  create trigger note_status after update of status on likeness_order when new.status is not old.status
  begin insert into status_history values (new.id, new.status); end;
`;
