import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ok } from "neverthrow";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { writeProject } from "./write-project.ts";

const project = new Map([
  ["package.json", "{}"],
  ["rehearsal/a.ts", "export {};"],
]);

describe("writeProject", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "create-likeness-"));
    onTestFinished(() => rm(folder, { recursive: true }));
  });
  const everything = async () => (await readdir(folder, { recursive: true })).toSorted();

  it.each(["bot", "bots/of/mine"])("makes the folder %s", async (name) => {
    expect(writeProject(join(folder, name), project)).toStrictEqual(ok(undefined));
    expect(await readFile(join(folder, name, "rehearsal/a.ts"), "utf8")).toBe("export {};");
  });

  it("takes an empty folder, and a new repository", async () => {
    expect(writeProject(folder, new Map())).toStrictEqual(ok(undefined));
    await mkdir(join(folder, ".git"));
    expect(writeProject(folder, project)).toStrictEqual(ok(undefined));
  });

  it("refuses a folder with anything in it, and a file", async () => {
    await writeFile(join(folder, "diary.txt"), "Dear diary");
    expect(writeProject(folder, project)._unsafeUnwrapErr().detail).toBe(
      `${folder} is not empty: it has diary.txt. Name a folder that does not exist yet, or an empty one.`,
    );
    const file = join(folder, "diary.txt");
    expect(writeProject(file, project)._unsafeUnwrapErr().detail).toContain("diary.txt is a file.");
    expect(writeProject(join(file, "bot"), project)._unsafeUnwrapErr().detail).toContain(
      "could not be written: ENOTDIR",
    );
    expect(await everything()).toStrictEqual(["diary.txt"]);
  });

  it.each(["new/bot", "."])("leaves nothing in %s when a file cannot be written", async (name) => {
    await mkdir(join(folder, ".git"));
    const impossible = new Map([...project, ["package.json/inside", "a file is no folder"]]);
    const written = writeProject(join(folder, name), impossible);
    expect(written._unsafeUnwrapErr().detail).toContain("could not be written: ");
    expect(await everything()).toStrictEqual([".git"]);
  });
});
