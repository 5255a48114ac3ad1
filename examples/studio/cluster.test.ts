import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { followStudio, type FollowedStudio } from "./__fixtures__/follow-studio.ts";
import { childrenOf, isAlive } from "./__fixtures__/processes.ts";
import { newFolder, startStudio } from "./__fixtures__/start-studio.ts";

/** Four processes at once, and a machine that may have other things to do. */
const timeout = 180_000;
const allBots = ["Bot 1", "Bot 2", "Bot 3"];

const linesLike = (studio: FollowedStudio, pattern: RegExp): string[] =>
  studio.activities().flatMap(({ line }) => pattern.exec(line)?.[1] ?? []);

describe("the studio with three bots on PostgreSQL", { timeout: 900_000 }, () => {
  let folder: string;
  beforeEach(async () => {
    folder = await newFolder();
  });

  const start = async (...typed: readonly string[]) => {
    const running = await startStudio(folder, ["--cluster", ...typed]);
    return { ...running, studio: await followStudio(running.url) };
  };
  const kill = async (studio: FollowedStudio, bots: readonly string[]): Promise<void> => {
    const ends = () => linesLike(studio, /^(Bot \d) was killed/);
    const before = ends();
    expect(await Promise.all(bots.map((bot) => studio.makes("bot-killed", bot)))).toStrictEqual(bots.map(() => true));
    await expect.poll(() => ends().slice(before.length).toSorted()).toStrictEqual(bots);
  };
  const allRun = ({ state }: FollowedStudio) =>
    expect.poll(() => state().bots.map((bot) => bot.state), { timeout }).toStrictEqual(allBots.map(() => "running"));

  it("trains once and says so once, whichever bot is killed, and goes on at the next start", async () => {
    const first = await start("--training-seconds", "10");
    const { studio } = first;
    await studio.says("/start");
    await studio.presses("Portrait");
    await studio.presses("Female");
    await studio.reads("What shall we call it?");
    await studio.says("Ada");
    await studio.reads("One thing before your photos");
    await studio.presses("☐ My photos, or with permission");
    await studio.presses("☐ Everyone is 18 or older");
    await studio.presses("Continue");
    await studio.reads("Now send");
    await studio.sendsSamples();
    await studio.reads("Accepted: 12 (10–20 needed)", timeout);
    await studio.presses("Continue");
    await studio.presses("Start training");
    const submitters = () => linesLike(studio, /^(Bot \d): training -> submitted/);
    await expect.poll(submitters, { timeout }).toHaveLength(1);
    await kill(studio, submitters());
    await allRun(studio);
    await kill(studio, allBots);
    expect(await studio.makes("database-restarted")).toBe(true);
    await allRun(studio);
    await studio.reads("Ada is ready.", timeout);
    await studio.says("/avatars");
    await studio.reads("1 avatar", timeout);
    expect(studio.said("Ada is ready.")).toBe(1);
    expect(linesLike(studio, /^bot: (submit) fal-ai\/\S+-trainer/)).toHaveLength(1);
    expect(new Set(linesLike(studio, /^(Bot \d): answers POST \/telegram\/update with 200/)).size).toBeGreaterThan(1);

    const kept = (file: string) => readFile(join(folder, "data/cluster", file), "utf8");
    await expect.poll(() => kept("telegram/state.json"), { timeout }).toContain("1 avatar");
    const [server] = (await kept("postgres/postmaster.pid")).split("\n");
    const processes = [...(await childrenOf(first.pid)), Number(server)];
    expect(processes.length).toBeGreaterThan(allBots.length + 1);
    await first.end("SIGKILL");
    await expect.poll(() => processes.filter(isAlive), { timeout }).toStrictEqual([]);

    const second = await start("--port", new URL(first.url).port);
    expect(second.url).toBe(first.url);
    expect(second.studio.said("Ada is ready.")).toBe(1);
    await second.studio.says("/avatars");
    await expect.poll(() => second.studio.said("1 avatar"), { timeout }).toBe(2);
    expect(await second.end("SIGINT")).toStrictEqual({ code: 0, signal: null, complaints: "" });
  });
});
