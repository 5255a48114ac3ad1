import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock, type Store } from "@likeness/core";
import {
  kyselyStore,
  migrate,
  sqliteDialect,
  sqliteJobQueue,
  sqliteMigrations,
  type Database as Tables,
  type SqliteHandle,
} from "@likeness/kysely";
import { valueOf } from "@likeness/testing";
import type { Database } from "better-sqlite3";
import { Kysely } from "kysely";
import { recording, replayer, type Call } from "./recorded-statements.ts";
import type { BenchPart, BenchRow } from "./bench-part.ts";
import { measureSideBySide } from "./side-by-side.ts";
import { openSqliteFile } from "./sqlite-engine.ts";
import { scenarios, type Scenario, type Work } from "./store-scenarios.ts";

const goal = 0.6;
const rounds = 15;
const perRound = 100;

/** Transactions of the store against their own statements, prepared once, in bare better-sqlite3. */
export async function benchStoreTransaction(): Promise<BenchPart> {
  const rows: BenchRow[] = [];
  for (const [name, scenario] of Object.entries(scenarios)) {
    const directory = mkdtempSync(join(tmpdir(), "likeness-bench-"));
    const { ours, floor, ratio } = await race(directory, scenario);
    rmSync(directory, { recursive: true });
    rows.push({
      name: `store transaction: ${name}, next to better-sqlite3 alone`,
      ours: perSecond(ours),
      floor: perSecond(floor),
      ratio,
      goal: `≥ ${goal}`,
      met: ratio >= goal,
    });
  }
  return { rows };
}

async function race(directory: string, scenario: Scenario) {
  const times = (rounds + 1) * perRound;
  const file = (name: string) => join(directory, `${name}.db`);

  const seed = openSqliteFile(file("seed"));
  const db = new Kysely<Tables>({ dialect: sqliteDialect({ database: seed }) });
  await valueOf(migrate(db, sqliteMigrations));
  const works = await scenario(storeOn(seed), times);
  seed.close();
  for (const name of ["recorded", "ours", "floor"]) copyFileSync(file("seed"), file(name));

  const recorded = openSqliteFile(file("recorded"));
  const calls = await callsOf(recorded, works);
  recorded.close();

  const oursFile = openSqliteFile(file("ours"));
  const store = storeOn(oursFile);
  const floorFile = openSqliteFile(file("floor"));
  const replay = replayer(floorFile);
  let [oursDone, floorDone] = [0, 0];
  const result = await measureSideBySide({
    rounds,
    ours: async () => {
      for (const work of works.slice(oursDone, (oursDone += perRound))) await valueOf(store.atomically(work));
    },
    floor: () => {
      for (const transaction of calls.slice(floorDone, (floorDone += perRound))) replay(transaction);
    },
  });
  oursFile.close();
  floorFile.close();
  return result;
}

function storeOn(database: SqliteHandle): Store {
  const db = new Kysely<Tables>({ dialect: sqliteDialect({ database }) });
  return kyselyStore(db, { jobs: sqliteJobQueue(db, { clock: systemClock }).within });
}

/** The statements of every transaction, `begin` and `commit` included. */
async function callsOf(database: Database, works: readonly Work[]): Promise<Call[][]> {
  const transactions: Call[][] = [];
  let calls: Call[] = [];
  const store = storeOn(recording(database, (call) => calls.push(call)));
  for (const work of works) {
    calls = [];
    await valueOf(store.atomically(work));
    transactions.push(calls);
  }
  return transactions;
}

const perSecond = (milliseconds: number): string => `${((1000 * perRound) / milliseconds).toFixed(0)} tx/s`;
