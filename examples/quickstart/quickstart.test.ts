import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runProgram } from "@likeness/test-processes/run-program.ts";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";

const program = fileURLToPath(new URL("quickstart.ts", import.meta.url));

describe("the quickstart", { timeout: 300_000 }, () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "likeness-quickstart-"));
    onTestFinished(() => rm(folder, { recursive: true }));
  });

  const run = async (typed: string | readonly string[] = [], more: Record<string, string> = {}) => {
    const { FAL_KEY: _key, ...environment } = process.env;
    const env = { ...environment, INIT_CWD: folder, ...more };
    return runProgram(program, { parameters: [typed].flat(), env, onTestFinished }).ended;
  };

  it("trains an avatar from samples, and again, and leaves the model's file on disk", async () => {
    for (const round of [1, 2]) {
      const { output, errors, code } = await run();
      expect({ round, errors, code }).toStrictEqual({ round, errors: "", code: 0 });
      expect(output.match(/✓/g)).toHaveLength(12);
      for (const reason of [
        "same file as photo 1",
        "same picture as photo 1",
        "out of focus",
        "too dark",
        "320 pixels",
        "breaks off",
        "not a photo",
      ])
        expect(output).toContain(reason);
      expect(output).toMatch(/\[█+·*\] +\d+ % {2}training/);
      expect(output).toContain("fal was played by a fake on this machine: nothing was paid");
      expect(output).toMatch(/Next:\n.*npm run demo\n.*docs\/telegram\.md/);
      const [, picture = ""] = /^ {2}picture (.+)$/m.exec(output) ?? [];
      expect(output).toContain("  size    880 × 1104");
      expect((await readFile(picture)).toString("latin1")).toContain("trainedAlgorithmicMedia");
      const [, file = ""] = /model +(.+)/.exec(output) ?? [];
      const [, sha256] = /sha256 +(\w+)/.exec(output) ?? [];
      expect(
        createHash("sha256")
          .update(await readFile(file))
          .digest("hex"),
      ).toBe(sha256);
    }
  });

  it("goes on after what is no photo at all", async () => {
    await mkdir(join(folder, "mine", "holidays"), { recursive: true });
    await symlink("loop", join(folder, "mine", "loop"));
    await writeFile(join(folder, "mine", "a\u001B[31mred.txt"), "Dear diary");
    const { output, code } = await run("mine");
    expect(output).toContain("✗ holidays: this is not a file");
    expect(output).toContain("✗ loop: it cannot be read (ELOOP)");
    expect(output).toContain("✗ a?[31mred.txt: this is not a photo");
    expect(code).toBe(1);
  });

  it("says in one line that its database cannot be opened", async () => {
    await mkdir(join(folder, "data", "quickstart"), { recursive: true });
    await writeFile(join(folder, "data", "quickstart", "likeness.db"), "this is no database ".repeat(99));
    const { errors, code } = await run();
    expect(errors.trim().split("\n")).toHaveLength(1);
    expect(errors).toContain("likeness.db cannot be used");
    expect(code).toBe(1);
  });

  it("does not train samples for money", async () => {
    const { errors, code } = await run("--live", { FAL_KEY: "id:secret" });
    expect(errors.trim()).toBe("--live costs money: name the folder of your photos.");
    expect(code).toBe(1);
  });

  it("says how many photos are missing, and pays nothing", async () => {
    await mkdir(join(folder, "mine"));
    await writeFile(join(folder, "mine", "diary.txt"), "Dear diary");
    const { output, errors, code } = await run("mine");
    expect(output).toContain("✗ diary.txt: this is not a photo");
    expect(errors.trim()).toBe("A training needs 10 good photos, and 0 were accepted. Nothing was paid.");
    expect(code).toBe(1);
  });

  it.each([
    [["nowhere"], "nowhere is not a folder that can be read."],
    [["--live"], "--live needs your fal key in FAL_KEY."],
    [["a", "b"], "One folder is enough."],
    [["--fast"], "Unknown option '--fast'"],
  ])("answers %j in plain words", async (typed, answer) => {
    const { output, errors, code } = await run(typed);
    expect({ output, code }).toStrictEqual({ output: "", code: 1 });
    expect(errors).toContain(answer);
  });
});
