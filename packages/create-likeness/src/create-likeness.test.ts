import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runProgram } from "@likeness/test-processes/run-program.ts";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { manifest } from "./manifest.ts";

const program = fileURLToPath(new URL("create-likeness.ts", import.meta.url));

describe("npm create likeness, in a pipe", () => {
  let cwd: string;
  beforeEach(async () => {
    cwd = await mkdtemp(join(tmpdir(), "create-likeness-"));
    onTestFinished(() => rm(cwd, { recursive: true }));
  });
  const run = (...parameters: readonly string[]) => runProgram(program, { parameters, cwd, onTestFinished }).ended;

  it("writes a bot, and says how to see it at work", async () => {
    const { output, errors, code } = await run("my-bot", "--yes");
    expect({ errors, code }).toStrictEqual({ errors: "", code: 0 });
    expect(output).toContain("  cd my-bot\n  npm install\n  npm start\n");
    expect(await readdir(cwd)).toStrictEqual(["my-bot"]);

    const again = await run("my-bot", "--yes");
    expect(again.code).toBe(1);
    expect(again.errors).toMatch(
      /^my-bot is not empty: it has .+\. Name a folder that does not exist yet, or an empty one\.\n$/,
    );
  });

  it("says what it can do, and which version it is", async () => {
    expect(await run("--help")).toMatchObject({
      code: 0,
      errors: "",
      output: expect.stringMatching(/^npm create likeness/),
    });
    expect(await run("--version")).toMatchObject({ code: 0, errors: "", output: `${manifest.version}\n` });
  });

  it.each([
    [["my-bot"], "There is no terminal to ask in. Say --yes"],
    [["My-Bot", "--yes"], '"My-Bot" cannot be the name of the project: it has capital letters'],
    [["--nonsense"], "Unknown option '--nonsense'"],
  ])("refuses %j in a sentence, and writes nothing", async (parameters, sentence) => {
    const { output, errors, code } = await run(...parameters);
    expect({ output, code }).toStrictEqual({ output: "", code: 1 });
    expect(errors).toContain(sentence);
    expect(await readdir(cwd)).toStrictEqual([]);
  });
});
