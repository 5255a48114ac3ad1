import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { startPostgres } from "./start-postgres.ts";

const children = (): number[] =>
  execFileSync("pgrep", ["-P", String(process.pid)], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map(Number);

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe("a PostgreSQL with databases that are kept", { timeout: 60_000 }, () => {
  let data: string;
  beforeEach(async () => {
    const folder = await mkdtemp(join(tmpdir(), "likeness-studio-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    data = join(folder, "postgres");
  });

  const open = async () => {
    const postgres = await startPostgres({ data, durable: true });
    onTestFinished(postgres.stop);
    return postgres;
  };
  const server = async (): Promise<number> =>
    Number((await readFile(join(data, "postmaster.pid"), "utf8")).split("\n")[0]);
  /** When its databases were made. */
  const born = async (): Promise<number> => (await stat(join(data, "PG_VERSION"))).ino;

  it("is another process after a restart, and none after a stop, but keeps what it has", async () => {
    const { restart, stop } = await open();
    const [first, made] = [await server(), await born()];
    await restart();
    const second = await server();
    expect(second).not.toBe(first);
    await stop();
    expect([isAlive(first), isAlive(second)]).toStrictEqual([false, false]);
    await open();
    expect(await born()).toBe(made);
  });

  it("is ended at the next start, when every process that could do so before was killed", async () => {
    await open();
    const first = await server();
    for (const keeper of children()) process.kill(keeper, "SIGKILL");
    await open();
    await expect.poll(() => isAlive(first), { timeout: 10_000 }).toBe(false);
    expect(isAlive(await server())).toBe(true);
  });

  it("says in one line why it cannot start", async () => {
    await expect(startPostgres({ data: "/nowhere/postgres" })).rejects.toThrow(
      /^PostgreSQL cannot run in \/nowhere\/postgres: ENOENT[^\n]*$/,
    );
  });
});
