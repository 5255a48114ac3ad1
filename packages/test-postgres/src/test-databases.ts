/**
 * Databases on a real PostgreSQL for tests in any package:
 *
 * ```ts
 * const newDatabase = testDatabases(async (url) => { … migrate … });
 * it("…", async () => { const pool = new Pool({ connectionString: await newDatabase() }); … });
 * ```
 *
 * The server is the run's own (see `global-setup.ts`) or, with `TEST_DATABASE_URL`, another one whose user may create
 * databases.
 */
import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { Client } from "pg";
import { afterAll, inject, onTestFinished } from "vitest";
import type { ServerAnswer } from "./global-setup.ts";

interface RunningTest {
  onTestFinished(work: () => void | Promise<void>): void;
}

/** Creates a database for a test and returns its URL. Concurrent tests pass their context. */
export type NewDatabase = (test?: RunningTest) => Promise<string>;

export interface TestDatabaseOptions {
  /**
   * A statement that makes a used database as good as new. A later test of the file then gets the database again: to
   * create and drop one takes a hundred times longer than to empty it. Only for tests that change nothing but rows.
   */
  readonly empty?: string;
}

/**
 * Makes databases that are dropped when their test ends, even if there are still connections. `prepare` fills the first
 * one, once per test file, and the others are copies of it; it has to close its connections. Call this outside of
 * tests.
 */
export function testDatabases(
  prepare?: (url: string) => Promise<void>,
  { empty }: TestDatabaseOptions = {},
): NewDatabase {
  let template: Promise<string> | undefined;
  const emptied: EmptiedDatabase[] = [];
  afterAll(async () => {
    if (template) await drop(await template);
    for (const { name, cleaner } of emptied) {
      await cleaner.end();
      await drop(name);
    }
  });
  return async (test = { onTestFinished }) => {
    template ??= prepare && prepared(prepare);
    if (empty === undefined) {
      const name = await create(await template);
      test.onTestFinished(() => drop(name));
      return urlOf(name);
    }
    const database = emptied.pop() ?? (await toBeEmptied(await create(await template)));
    test.onTestFinished(async () => {
      await database.cleaner.query(`${disconnectOthers}; ${empty}`);
      emptied.push(database);
    });
    return urlOf(database.name);
  };
}

interface EmptiedDatabase {
  readonly name: string;
  /** Stays connected, because a new connection takes longer than what it is for. */
  readonly cleaner: Client;
}

async function toBeEmptied(name: string): Promise<EmptiedDatabase> {
  const cleaner = new Client({ connectionString: await urlOf(name) });
  await cleaner.connect();
  return { name, cleaner };
}

async function prepared(prepare: (url: string) => Promise<void>): Promise<string> {
  const name = await create();
  await prepare(await urlOf(name));
  return name;
}

/** Copying the files takes half as long as the default strategy, which writes their content to the log. */
async function create(template = "template0"): Promise<string> {
  const name = `likeness_test_${randomUUID().replaceAll("-", "")}`;
  await administer(`create database ${name} template ${template} strategy file_copy`);
  return name;
}

const drop = (name: string): Promise<void> => administer(`drop database if exists ${name} with (force)`);

/** What they have begun is rolled back before it resolves. */
const disconnectOthers = `select pg_terminate_backend(pid, 5000) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()`;

async function administer(statement: string): Promise<void> {
  const client = new Client({ connectionString: await serverUrl() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function urlOf(name: string): Promise<string> {
  const url = new URL(await serverUrl());
  url.pathname = `/${name}`;
  return url.href;
}

let found: Promise<string> | undefined;

const serverUrl = (): Promise<string> => (found ??= askForServer());

async function askForServer(): Promise<string> {
  const other = process.env["TEST_DATABASE_URL"];
  if (other) return other;
  const answer: ServerAnswer = JSON.parse(await text(connect(inject("postgresPort"), "127.0.0.1")));
  if ("failure" in answer)
    throw new Error(`${answer.failure}. TEST_DATABASE_URL=postgres://… uses another server for the tests.`);
  return answer.url;
}
