import { describeJobQueue } from "@likeness/testing";
import type { JobQueue } from "@likeness/core";
import { Kysely, PostgresDialect } from "kysely";
import { pgBossJobQueue } from "./pg-boss-job-queue.ts";
import { createSessions, sessionStore, type SessionDatabase } from "./__fixtures__/session-store.ts";
import { newDatabase, openPool } from "./__fixtures__/databases.ts";
import { hangingClock, startBoss } from "./__fixtures__/start-boss.ts";

const maximumAttempts = 3;

describeJobQueue(
  "pg-boss",
  async (clock, test) => {
    const url = await newDatabase(test);
    const pool = openPool(test, url);
    const db = new Kysely<SessionDatabase>({ dialect: new PostgresDialect({ pool }) });
    await createSessions(db);
    const clocks = new Map<JobQueue, () => void>();
    const boss = await startBoss(test, url, { supervise: false });
    const queue = pgBossJobQueue(boss, { clock, maximumAttempts });
    return {
      worker: async (itsClock) => {
        const bossClock = hangingClock();
        const itsBoss = await startBoss(test, url, { clock: bossClock });
        const worker = pgBossJobQueue(itsBoss, { clock: itsClock, maximumAttempts });
        clocks.set(worker, bossClock.hang);
        return worker;
      },
      jobs: async () => {
        const { rows } = await pool.query(
          `select coalesce(source_name, name) as kind, singleton_key as key, source_name is not null as dead
           from pgboss.job where state < 'completed' order by created_on`,
        );
        return rows;
      },
      leaseSeconds: 15,
      maxAttempts: maximumAttempts,
      store: sessionStore(db, { jobs: queue.within }),
      freeze: async (worker) => clocks.get(worker)?.(),
    };
  },
  { realTime: true, records: true },
);
