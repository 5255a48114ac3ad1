import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "@likeness/test-processes/run-program.ts";
import { expect, it, onTestFinished, vi } from "vitest";
import { isAlive } from "../__fixtures__/processes.ts";
import { spawnBot } from "./spawn-bot.ts";

async function program(source: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "likeness-studio-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "bot.mjs"), source);
  return join(folder, "bot.mjs");
}

it("passes on what the bot says, and how it ended", async () => {
  const [lines, complaints]: [string[], string[]] = [[], []];
  const source = `console.log(process.env.GREETING); console.error("ouch"); process.exit(3);`;
  const { ended } = spawnBot({
    program: await program(source),
    settings: { GREETING: "hello" },
    onLine: (line) => lines.push(line),
    onComplaint: (line) => complaints.push(line),
  });
  expect(await ended).toBe("exit code 3");
  expect({ lines, complaints }).toStrictEqual({ lines: ["hello"], complaints: ["ouch"] });
});

it("takes no settings of a bot from the person's environment", async () => {
  vi.stubEnv("FAL_KEY", "a real one");
  onTestFinished(() => void vi.unstubAllEnvs());
  const lines: string[] = [];
  const { ended } = spawnBot({
    program: await program("console.log(process.env.FAL_KEY)"),
    settings: {},
    onLine: (line) => lines.push(line),
    onComplaint: () => undefined,
  });
  await ended;
  expect(lines).toStrictEqual(["undefined"]);
});

it("asks the bot to stop and lets it finish", async () => {
  const lines: string[] = [];
  const source = `process.on("SIGTERM", () => { console.log("bye"); process.exit(0); }); setInterval(() => {}, 1000); console.log("up");`;
  const { stop, ended } = spawnBot({
    program: await program(source),
    settings: {},
    onLine: (line) => lines.push(line),
    onComplaint: () => undefined,
  });
  await vi.waitFor(() => expect(lines).toStrictEqual(["up"]), 5_000);
  await stop();
  expect(await ended).toBe("exit code 0");
  expect(lines).toStrictEqual(["up", "bye"]);
});

it("leaves no bot behind when the studio is killed", async () => {
  const bot = await program(`setInterval(() => {}, 1000); process.on("SIGTERM", () => {}); console.log(process.pid);`);
  const studio = await program(`
    import { spawnBot } from ${JSON.stringify(new URL("spawn-bot.ts", import.meta.url).href)};
    spawnBot({ program: ${JSON.stringify(bot)}, settings: {}, onLine: console.log, onComplaint: console.error });
  `);
  const { said, end } = runProgram(studio, { onTestFinished });
  const pid = Number(await said(/\d+\n/));
  expect(isAlive(pid)).toBe(true);
  await end("SIGKILL");
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 5_000);
});
