import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { followStudio, type FollowedStudio } from "./__fixtures__/follow-studio.ts";
import { childrenOf } from "./__fixtures__/processes.ts";
import { newFolder, startStudio } from "./__fixtures__/start-studio.ts";

const stateOfBot = (studio: FollowedStudio) => studio.state().bots.map(({ state }) => state);

describe("the studio", { timeout: 900_000 }, () => {
  let folder: string;
  beforeEach(async () => {
    folder = await newFolder();
  });

  it("prints one address when the bot is ready, and ends quietly", async () => {
    const { url, end } = await startStudio(folder);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(stateOfBot(await followStudio(url))).toStrictEqual(["running"]);
    expect(await end("SIGINT")).toStrictEqual({ code: 0, signal: null, complaints: "" });
    await expect(fetch(url)).rejects.toThrow("fetch failed");
  });

  it("comes back at the same address, with the same secrets", async () => {
    const kept = join(folder, "data", "studio", "studio.json");
    const first = await startStudio(folder);
    const identity = await readFile(kept, "utf8");
    await first.end("SIGTERM");
    const second = await startStudio(folder, ["--port", new URL(first.url).port]);
    expect(second.url).toBe(first.url);
    expect(await readFile(kept, "utf8")).toBe(identity);
    expect(await second.end("SIGTERM")).toMatchObject({ code: 0 });
  });

  it("does not start twice on the same folder, at once or later", async () => {
    const both = await Promise.all([startStudio(folder), startStudio(folder)]);
    const first = both.find(({ url }) => url.startsWith("http")) ?? both[0];
    const refused = [...both.filter((studio) => studio !== first), await startStudio(folder)];
    for (const { said, end } of refused) {
      expect(said).toBe(`The studio already runs: ${first.url}\n`);
      expect(await end("SIGTERM")).toMatchObject({ code: 1 });
    }
    expect(stateOfBot(await followStudio(first.url))).toStrictEqual(["running"]);
  });

  it("starts again on the folder of one that was killed", async () => {
    const killed = await startStudio(folder);
    await killed.end("SIGKILL");
    const { url, end } = await startStudio(folder);
    expect(stateOfBot(await followStudio(url))).toStrictEqual(["running"]);
    expect(await end("SIGTERM")).toStrictEqual({ code: 0, signal: null, complaints: "" });
  });

  it("starts the bot again when it ends by itself, and says so", async () => {
    const { url, pid, end } = await startStudio(folder);
    const studio = await followStudio(url);
    const [bot] = await childrenOf(pid);
    process.kill(Number(bot), "SIGKILL");
    await expect.poll(() => stateOfBot(studio), { timeout: 180_000 }).toStrictEqual(["waiting"]);
    await expect.poll(() => stateOfBot(studio), { timeout: 180_000 }).toStrictEqual(["running"]);
    const lines = studio.activities().map(({ line }) => line);
    expect(lines).toContain("The bot ended by itself (it was ended by SIGKILL). It is started again in 1 s.");
    const complaint = "The bot ended by itself (it was ended by SIGKILL). It is started again in 1 s.\n";
    expect(await end("SIGTERM")).toStrictEqual({ code: 0, signal: null, complaints: complaint });
  });

  it("says in one line that its port is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void other.close());
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const { said, end } = await startStudio(folder, ["--port", String(port)]);
    expect(said).toBe(`Port ${port} is taken by another program.\n`);
    expect(await end("SIGTERM")).toMatchObject({ code: 1 });
  });

  it("says in one line that what it kept is damaged", async () => {
    const first = await startStudio(folder);
    await first.end("SIGTERM");
    await writeFile(join(folder, "data", "studio", "telegram", "state.json"), "{");
    const { said, end } = await startStudio(folder);
    expect(said.trim().split("\n")).toHaveLength(1);
    expect(said).toMatch(/telegram\/state\.json cannot be read .*To begin anew, delete its folder\./);
    expect(await end("SIGTERM")).toMatchObject({ code: 1 });
  });

  it.each([
    [["--port", "0"], "--port takes a whole number from 1 to 65535.\n"],
    [["--training-seconds", "soon"], "--training-seconds takes a whole number from 1 to 86400.\n"],
    [["--fast"], /^Unknown option '--fast'[^\n]*\n\nUsage: npm run demo/],
  ])("answers %j in plain words", async (typed, answer) => {
    const { said, end } = await startStudio(folder, typed);
    expect(said).toMatch(answer);
    expect(await end("SIGTERM")).toMatchObject({ code: 1 });
  });
});
