import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import { keptSnapshot } from "./kept-snapshot.ts";

interface Notes {
  readonly count: number;
  readonly bytes: Readonly<Record<string, string>>;
}

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "likeness-studio-")), "telegram");
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

it("reads what was written, bytes included", async () => {
  const notes = { count: 2, bytes: { aa: Buffer.from("one").toString("base64"), bb: "" } };
  expect(await keptSnapshot<Notes>(folder).read()).toBeUndefined();
  const kept = keptSnapshot<Notes>(folder);
  await kept.read();
  await kept.write(notes);
  expect(await keptSnapshot<Notes>(folder).read()).toStrictEqual(notes);
});

it("writes the bytes of a file once, and leaves no drafts", async () => {
  const kept = keptSnapshot<Notes>(folder);
  await kept.read();
  await kept.write({ count: 1, bytes: { aa: "b25l" } });
  const { ino } = await stat(join(folder, "aa"));
  await kept.write({ count: 2, bytes: { aa: "b25l" } });
  expect((await stat(join(folder, "aa"))).ino).toBe(ino);
  expect((await readdir(folder)).toSorted()).toStrictEqual(["aa", "state.json"]);
});

it("keeps nothing of what was deleted, nor what a killed process was writing", async () => {
  const kept = keptSnapshot<Notes>(folder);
  await kept.read();
  await kept.write({ count: 2, bytes: { aa: "b25l", bb: "dHdv" } });
  await kept.write({ count: 1, bytes: { bb: "dHdv" } });
  expect((await readdir(folder)).toSorted()).toStrictEqual(["bb", "state.json"]);
  await kept.write({ count: 2, bytes: { aa: "b25l", bb: "dHdv" } });
  for (const left of ["cc", "dd.new", "state.json.new"]) await writeFile(join(folder, left), "half a photo");
  expect(await keptSnapshot<Notes>(folder).read()).toMatchObject({ bytes: { aa: "b25l", bb: "dHdv" } });
  expect((await readdir(folder)).toSorted()).toStrictEqual(["aa", "bb", "state.json"]);
});

it("says which file is damaged and what to do", async () => {
  const kept = keptSnapshot<Notes>(folder);
  await kept.read();
  await writeFile(join(folder, "state.json"), '{"count":');
  await expect(kept.read()).rejects.toThrow(/state\.json cannot be read .*To begin anew, delete its folder/);
});
