import { valueOf } from "@likeness/testing";
import Database from "better-sqlite3";
import { ok } from "neverthrow";
import { Client } from "pg";
import { describe, expect, it } from "vitest";
import { whileInUse } from "@likeness/test-postgres/while-in-use.ts";
import type { EngineName } from "@likeness/lab/crash/engines/engines.ts";
import { serverOf } from "@likeness/lab/reliability/engine-servers.ts";
import { expectJudged } from "@likeness/lab/reliability/expect-judged.ts";
import type { DatabaseLocation } from "../settings/locations.ts";
import { inTheMiddle, startProcess, succeedAll, surroundings, until } from "./in-the-middle.ts";

interface Loss {
  readonly what: string;
  readonly engine: EngineName;
  lose(database: DatabaseLocation): Promise<void>;
}

async function newDatabase(engine: EngineName): Promise<{ readonly address: string; readonly at: DatabaseLocation }> {
  const server = await serverOf(engine);
  const address = await server.database();
  return { address, at: engine === "sqlite" ? { type: "sqlite", file: address } : { type: "postgres", url: address } };
}

async function inSqlite(database: DatabaseLocation, statement: string): Promise<void> {
  if (database.type !== "sqlite") throw new Error("this is for SQLite");
  const connection = new Database(database.file, { timeout: 5_000 });
  connection.exec(statement);
  connection.close();
}

async function inPostgres(database: DatabaseLocation, statement: string): Promise<void> {
  if (database.type !== "postgres") throw new Error("this is for PostgreSQL");
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await whileInUse(() => client.query(statement));
  await client.end();
}

const truncateAll = `do $$ begin execute (
  select 'truncate ' || string_agg(format('pgboss.%I', tablename), ', ') from pg_tables where schemaname = 'pgboss'
); end $$`;

const losses: readonly Loss[] = [
  {
    what: "SQLite's table of jobs is emptied",
    engine: "sqlite",
    lose: (database) => inSqlite(database, "delete from likeness_job"),
  },
  {
    what: "all of pg-boss's tables are emptied",
    engine: "postgres",
    lose: (database) => inPostgres(database, truncateAll),
  },
  {
    what: "pg-boss's schema is dropped",
    engine: "postgres",
    lose: (database) => inPostgres(database, "drop schema pgboss cascade"),
  },
];

const lives = ["which goes on", "which is then restarted"] as const;

// One after the other: six processes and their database at once keep a small machine busy for minutes.
describe("D9: all jobs of a process are lost", { timeout: 600_000 }, () => {
  it.for(losses.flatMap((loss) => lives.map((life) => ({ ...loss, life }))))(
    "when $what under a process $life: everything is brought to its end, once",
    async ({ engine, lose, life }, test) => {
      const around = surroundings();
      const { provider, receiver, network, sent } = around;
      const { address, at: database } = await newDatabase(engine);
      const first = await startProcess(around, database, test);
      const { trainings, delivered, photo } = await inTheMiddle(first, around);

      await lose(database);
      network.answerSubmit();
      const left = life === "which goes on" ? first : (await first.end(), await startProcess(around, database, test));
      network.telegramWaits = false;
      receiver.setKeysAvailable(true);
      const { store, queueReady } = left.storage;

      const found = async () => valueOf(store.photos.find(photo));
      const told = () => sent.filter((message) => message.endsWith("training-ready")).toSorted();
      await until(async () => {
        succeedAll(provider, [delivered]);
        return told().length >= trainings.length && (await found())?.state.status === "accepted";
      });
      await until(async () => (await valueOf(store.inbox.unsettledBefore("9999", 1))).length === 0);
      const statuses = trainings.map(async (id) => (await valueOf(store.orders.find(id)))?.state.status);
      expect(await Promise.all(statuses)).toStrictEqual(trainings.map(() => "succeeded"));
      expect(provider.accepted.toSorted()).toStrictEqual(trainings.toSorted());
      expect(told()).toStrictEqual(trainings.map((id) => `${id} training-ready`).toSorted());
      expect(await queueReady()).toStrictEqual(ok(undefined));
      const judged = await expectJudged(engine, address, {
        paidRequests: (id) => provider.accepted.filter((accepted) => accepted === id).length,
        arrived: (id, template) => sent.filter((message) => message === `${id} ${template}`).length,
      });
      expect(judged.orders).toHaveLength(trainings.length);
    },
  );
});
