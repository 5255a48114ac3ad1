import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
import { startPostgres } from "./start-postgres.ts";
import { testDatabases } from "./test-databases.ts";

async function ask(url: string, question: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(question)).rows;
  } finally {
    await client.end();
  }
}

const newDatabase = testDatabases(async (url) => void (await ask(url, "create table prepared (id integer)")));

describe("databases that are emptied", () => {
  const newEmptied = testDatabases(async (url) => void (await ask(url, "create table prepared (id integer)")), {
    empty: "delete from prepared",
  });
  const given: string[] = [];

  it.each(["the first", "a later"])("has no rows in %s test", async () => {
    const url = await newEmptied();
    given.push(url);
    expect(await ask(url, "select * from prepared")).toStrictEqual([]);
    await ask(url, "insert into prepared values (1)");
    const unfinished = new Client({ connectionString: url });
    unfinished.on("error", () => undefined);
    await unfinished.connect();
    await unfinished.query("begin; lock table prepared");
  });

  it("are not created again, and no two tests have one at once", async () => {
    given.push(await newEmptied(), await newEmptied());
    expect([new Set(given).size, given[1], given[2]]).toStrictEqual([2, given[0], given[0]]);
  });
});

const folderOf = (url: string): string => new URL(url).searchParams.get("host") ?? "";

it("gives each test a prepared database of its own", async () => {
  const [left, right] = [await newDatabase(), await newDatabase()];
  await ask(left, "insert into prepared values (1)");
  expect(await ask(left, "select * from prepared")).toStrictEqual([{ id: 1 }]);
  expect(await ask(right, "select * from prepared")).toStrictEqual([]);
});

it("keeps what was committed through a restart, waits for the disk when asked to, and leaves nothing", async () => {
  const { url, restart, stop } = await startPostgres({ durable: true });
  await ask(url, "create table kept as select 1 as id");
  await restart();
  expect(await ask(url, "select id, current_setting('fsync') as fsync from kept")).toStrictEqual([
    { id: 1, fsync: "on" },
  ]);
  await stop();
  expect(existsSync(folderOf(url))).toBe(false);
});

/** A program that starts a server, and hangs if it can. */
function startHanging(environment: NodeJS.ProcessEnv = {}): ChildProcessByStdio<null, Readable, Readable> {
  const program = fileURLToPath(new URL("start-and-hang.ts", import.meta.url));
  const child = spawn(process.execPath, [program], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

it("leaves nothing of a program that is killed", async () => {
  const program = startHanging();
  const [line] = await once(program.stdout.setEncoding("utf8"), "data");
  const url = String(line).trim();
  expect(await ask(url, "select 1 as one")).toStrictEqual([{ one: 1 }]);
  program.kill("SIGKILL");
  await expect.poll(() => existsSync(folderOf(url)), { timeout: 10_000 }).toBe(false);
});

it("says in one line why it cannot start", async () => {
  const { stderr } = startHanging({ TMPDIR: "/nowhere" });
  const said = (await text(stderr)).split("\n").filter((line) => line.startsWith("Error: PostgreSQL"));
  expect(said).toStrictEqual([expect.stringMatching(/PostgreSQL cannot run in \/nowhere: ENOENT.*$/)]);
});
