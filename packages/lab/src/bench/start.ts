import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@likeness/test-processes/free-port.ts";
import { runProgram } from "@likeness/test-processes/run-program.ts";
import { root } from "../repository.ts";
import { fillWithAvatars } from "./avatar-rows.ts";
import type { BenchPart, BenchRow } from "./bench-part.ts";
import { startChild } from "./child.ts";
import { engines } from "./engines.ts";
import type { PeopleQuestion, PeopleUrls } from "./people.ts";
import { botToken, startBot } from "./real-bots.ts";
import { median } from "./side-by-side.ts";

const rounds = 3;
const avatars = 100_000;
const goals = { bot: 1, quickstart: 5 } as const;

/** How long an operator and somebody who tries Likeness wait until there is something. */
export async function benchStart(): Promise<BenchPart> {
  const folder = await mkdtemp(join(tmpdir(), "likeness-start-"));
  try {
    const bots = await botStarts(folder);
    const quickstarts = await times(rounds, () => quickstart(folder));
    // With an empty folder, as whoever tries it for the first time.
    const demos = await times(rounds, (round) => demo(join(folder, `demo-${round}`)));
    const empty = await times(rounds, () => ended(runProgram(join(root, "examples/quickstart/free-port.ts")).ended));
    return {
      rows: [
        row(`the bot is ready on SQLite beside ${avatars.toLocaleString("en")} avatars, next to none`, bots, goals.bot),
        row(
          "the quickstart has made a picture, next to a process of Node that does nothing",
          { ours: quickstarts, floor: empty },
          goals.quickstart,
        ),
        row("`npm run demo` answers with its page, next to a process of Node that does nothing", {
          ours: demos,
          floor: empty,
        }),
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Times {
  readonly ours: readonly number[];
  readonly floor: readonly number[];
}

function row(name: string, { ours, floor }: Times, goal?: number): BenchRow {
  const [seconds, floorSeconds] = [median(ours) / 1000, median(floor) / 1000];
  return {
    name,
    ours: `${seconds.toFixed(2)} s`,
    floor: `${floorSeconds.toFixed(2)} s`,
    ratio: Number.NaN,
    goal: goal === undefined ? "" : `< ${goal} s`,
    met: goal === undefined || seconds < goal,
  };
}

async function times(count: number, work: (round: number) => Promise<number>): Promise<number[]> {
  const taken: number[] = [];
  for (let round = 0; round < count; round += 1) taken.push(await work(round));
  return taken;
}

async function ended(work: Promise<{ readonly code: number | null; readonly errors: string }>): Promise<number> {
  const start = performance.now();
  const { code, errors } = await work;
  if (code !== 0) throw new Error(`a program ended with ${code}: ${errors}`);
  return performance.now() - start;
}

/** In turn with a bot beside an empty database. */
async function botStarts(folder: string): Promise<Times> {
  const site = await engines.SQLite.newSite();
  const child = startChild<PeopleQuestion, PeopleUrls>("people.ts");
  try {
    const fakes = await child.ask({ token: botToken, kind: "compressed", photosEach: 1 });
    const [full, none] = [await site.newDatabase(), await site.newDatabase()];
    for (const [file, count] of [
      [full, avatars],
      [none, 0],
    ] as const) {
      const storage = await engines.SQLite.open(file);
      if (count > 0) await fillWithAvatars(storage, count);
      await storage.close();
    }
    const start = async (file: string): Promise<number> => {
      const bot = await startBot({ databaseUrl: `sqlite:${file}`, folder, fakes, mode: "polling" });
      await bot.stop();
      return bot.milliseconds;
    };
    const taken = { ours: [] as number[], floor: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      taken.ours.push(await start(full));
      taken.floor.push(await start(none));
    }
    return taken;
  } finally {
    await child.stop();
    await site.close();
  }
}

function quickstart(folder: string): Promise<number> {
  const { FAL_KEY: _key, ...environment } = process.env;
  const env = { ...environment, INIT_CWD: folder };
  return ended(runProgram(join(root, "examples/quickstart/quickstart.ts"), { env }).ended);
}

/** With all that npm does before it, in a repository that was built. */
async function demo(folder: string): Promise<number> {
  const port = await freePort();
  const start = performance.now();
  // In a group of its own, so that what npm has started ends with it.
  const npm = spawn("npm", ["run", "--silent", "demo", "--", "--port", String(port)], {
    cwd: root,
    env: { ...process.env, INIT_CWD: folder },
    stdio: "ignore",
    detached: true,
  });
  try {
    for (;;) {
      const page = await fetch(`http://127.0.0.1:${port}`).catch(() => undefined);
      if (page?.ok) return performance.now() - start;
      if (npm.exitCode !== null) throw new Error(`npm run demo ended with ${npm.exitCode}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  } finally {
    if (npm.pid !== undefined) process.kill(-npm.pid, "SIGTERM");
    await new Promise((resolve) => npm.once("close", resolve));
  }
}
