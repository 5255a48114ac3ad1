import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createLikeness, needNames, systemClock, toNodeListener, type Likeness } from "@likeness/core";
import { kyselyStore, postgresDialect, postgresPoolSettings, type Database } from "@likeness/kysely";
import { fillWithAvatars, trainingIds } from "@likeness/lab/bench/avatar-rows.ts";
import { postgresEngine } from "@likeness/lab/bench/postgres-engine.ts";
import { fillWithTroubles } from "@likeness/lab/bench/trouble-rows.ts";
import { serverOf } from "@likeness/lab/reliability/engine-servers.ts";
import { operatorPage } from "@likeness/operator";
import { startPostgres } from "@likeness/test-postgres/start-postgres.ts";
import { recordingLog, testPorts } from "@likeness/testing";
import { Kysely, type CompiledQuery } from "kysely";
import { Pool } from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
import { openStorage } from "../storage/open-storage.ts";

/** The pages, below the first one. */
const pages = [
  "",
  ...needNames.map((need) => `needs/${need}`),
  `orders/${trainingIds.of(500)}`,
  "statistics",
  "actions",
];

const pageOf = ({ operator }: Likeness) => operatorPage({ operator, access: () => "olga" });

/** A step of a plan that was run. https://www.postgresql.org/docs/current/sql-explain.html */
interface Step {
  readonly "Node Type": string;
  readonly "Actual Rows": number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly Step[];
}

const stepsOf = (step: Step): Step[] => [step, ...(step.Plans ?? []).flatMap(stepsOf)];

/** How many rows PostgreSQL reads for all pages, beside so many avatars. */
async function rowsReadBeside(avatars: number): Promise<number> {
  const url = await (await serverOf("postgres")).database();
  const storage = await postgresEngine.open(url);
  onTestFinished(storage.close);
  await fillWithAvatars(storage, avatars);
  await fillWithTroubles(storage);
  const pool = new Pool({ connectionString: url, ...postgresPoolSettings });
  const asked: CompiledQuery[] = [];
  const db = new Kysely<Database>({ dialect: postgresDialect({ pool }), log: ({ query }) => void asked.push(query) });
  onTestFinished(() => db.destroy());
  const store = kyselyStore(db, { jobs: () => storage.store.jobs });
  const { ports } = testPorts({ store, queue: storage.queue, clock: systemClock });
  const page = pageOf(createLikeness(ports));
  for (const path of pages)
    expect([path, (await page(new Request(`http://127.0.0.1/operator/${path}`))).status]).toStrictEqual([path, 200]);
  let rows = 0;
  for (const { sql, parameters } of asked) {
    const explained = await pool.query(`explain (analyze, format json) ${sql}`, [...parameters]);
    const [{ Plan }] = explained.rows[0]["QUERY PLAN"] as [{ readonly Plan: Step }];
    for (const step of stepsOf(Plan))
      if (step["Node Type"].endsWith("Scan")) rows += step["Actual Rows"] + (step["Rows Removed by Filter"] ?? 0);
  }
  return rows;
}

const busySessions = `select state, query from pg_stat_activity
  where application_name = 'likeness-bot' and state <> 'idle'`;

describe("the operator's page", { timeout: 120_000 }, () => {
  it("has the database read no more rows beside 20,000 avatars than beside 2,000", async () => {
    const few = await rowsReadBeside(2_000);
    expect(few).toBeGreaterThan(1_000);
    expect(await rowsReadBeside(20_000)).toBeLessThan(1.1 * few);
  });

  it("says so while the database restarts, comes back with it, and leaves no connection hanging", async () => {
    const database = await startPostgres();
    onTestFinished(() => database.stop());
    const log = recordingLog();
    const storage = await openStorage({ type: "postgres", url: database.url }, systemClock, log);
    onTestFinished(storage.close);
    const { ports } = testPorts({ store: storage.store, queue: storage.queue, clock: systemClock });
    const server = createServer(toNodeListener(pageOf(createLikeness({ ...ports, log })))).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const answers: { readonly status: number; readonly body: string }[] = [];
    const ask = async (): Promise<number> => {
      const answered = await fetch(`http://127.0.0.1:${port}/operator/`, { signal: AbortSignal.timeout(30_000) });
      answers.push({ status: answered.status, body: await answered.text() });
      return answered.status;
    };
    expect(await ask()).toBe(200);

    const restarted = new AbortController();
    const asking = Array.from({ length: 4 }, async () => {
      while (!restarted.signal.aborted) await ask();
    });
    for (let restarts = 0; restarts < 3 || !answers.some(({ status }) => status === 503); restarts += 1)
      await database.restart();
    restarted.abort();
    await Promise.all(asking);
    await expect.poll(ask, { timeout: 20_000 }).toBe(200);

    expect(new Set(answers.map(({ status }) => status))).toStrictEqual(new Set([200, 503]));
    for (const { status, body } of answers)
      if (status === 503) expect(body).toContain("The database does not do its work. Try again");
    const pool = new Pool({ connectionString: database.url, max: 1 });
    onTestFinished(() => pool.end());
    const busy = async () => (await pool.query(busySessions)).rows;
    await expect.poll(busy, { timeout: 10_000 }).toStrictEqual([]);
    // It closes when no request hangs.
    const closed = once(server.close(), "close");
    server.closeIdleConnections();
    await closed;
  });
});
