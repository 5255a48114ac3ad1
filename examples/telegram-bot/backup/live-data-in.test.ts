import { cp, link, mkdir, readdir, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { diskBlobs } from "@likeness/blobs/disk";
import { photoBytes, valueOf } from "@likeness/testing";
import Database from "better-sqlite3";
import { expect, it, onTestFinished } from "vitest";
import { openDatabase, operatorCommand, refused } from "../__fixtures__/operator.ts";
import { temporaryFolder } from "../__fixtures__/temporary-folder.ts";
import { backUp } from "./back-up.ts";

const backup = operatorCommand("backup");

/** A bot's default folders, with a photo that no row names. */
async function data(inFolder = "data") {
  const root = await temporaryFolder();
  const file = join(root, inFolder, "likeness.db");
  const blobs = join(root, inFolder, "blobs");
  await mkdir(dirname(file));
  const { db } = await openDatabase(`sqlite:${file}`);
  await valueOf(diskBlobs(blobs).put(photoBytes()));
  const to = (folder: string, settings: NodeJS.ProcessEnv = {}) =>
    backup(`sqlite:${file}`, [folder], { BLOBS: `disk:${blobs}`, INIT_CWD: root, ...settings });
  const all = () => readdir(root, { recursive: true });
  return { root, file, blobs, db, to, all };
}

const inUse = (path: string) =>
  refused(`Not saved: ${path} is in use by a bot. Name a folder of its own for the backup.\n`);

it.each<[string, (root: string) => Promise<unknown>]>([
  ["itself", async () => "data"],
  ["by a link to it", async (root) => symlink("data", join(root, "linked"))],
  [
    "by a link to its database",
    async (root) => {
      await mkdir(join(root, "linked"));
      await symlink("../data/likeness.db", join(root, "linked", "likeness.db"));
    },
  ],
  [
    "by another name of its database",
    async (root) => {
      await mkdir(join(root, "linked"));
      await link(join(root, "data", "likeness.db"), join(root, "linked", "likeness.db"));
    },
  ],
])("a backup to the bot's own data changes nothing: %s", async (_how, make) => {
  const { root, file, to, all } = await data();
  const folder = (await make(root)) === "data" ? "data" : "linked";
  const before = await all();
  expect(await to(folder)).toStrictEqual(inUse(join(root, folder, "likeness.db")));
  expect((await all()).filter((name) => !/-(wal|shm)$/.test(name))).toStrictEqual(
    before.filter((name) => !/-(wal|shm)$/.test(name)),
  );
  const database = new Database(file, { readonly: true });
  onTestFinished(() => void database.close());
  expect(database.pragma("journal_mode", { simple: true })).toBe("wal");
});

it("a backup replaces no database of another bot, running or stopped", async () => {
  const here = await data();
  const other = await data("backup");
  const settings = { INIT_CWD: other.root };
  const path = join(other.root, "backup", "likeness.db");
  expect(await here.to("backup", settings)).toStrictEqual(inUse(path));
  await other.db.destroy();
  const stopped = new Database(path);
  stopped.pragma("wal_checkpoint(truncate)");
  stopped.close();
  expect((await readdir(dirname(path))).toSorted()).toStrictEqual(["blobs", "likeness.db"]);
  expect(await here.to("backup", settings)).toStrictEqual(inUse(path));
});

it.each<[string, { readonly folder: string; readonly blobs: string; readonly linked?: string }]>([
  ["they are its own", { folder: "backup", blobs: "backup/blobs" }],
  ["they are its own by a link", { folder: "backup", blobs: "elsewhere", linked: "elsewhere" }],
  ["they lie in its own", { folder: "backup", blobs: "backup/blobs/of-the-bot" }],
  ["its own lie in them", { folder: "files/backup", blobs: "files" }],
])("a backup puts no files among those of the bot: %s", async (_how, { folder, blobs, linked }) => {
  const { root, blobs: photos, to } = await data();
  await mkdir(join(root, folder), { recursive: true });
  await cp(photos, join(root, blobs), { recursive: true });
  if (linked) await symlink(join(root, linked), join(root, folder, "blobs"));
  const before = await readdir(join(root, blobs), { recursive: true });
  expect(await to(folder, { BLOBS: `disk:${join(root, blobs)}` })).toStrictEqual(inUse(join(root, folder, "blobs")));
  expect(await readdir(join(root, blobs), { recursive: true })).toStrictEqual(before);
});

it("a backup goes to a new folder, to the same one again, and beside the files of the bot", async () => {
  const { file, root, to } = await data();
  for (const folder of ["backup", "backup", "data/backup", "."])
    expect(await to(folder)).toMatchObject({ exitCode: 0 });
  const folder = join(root, "another");
  expect(await backUp({ file, folder })).toMatchObject({ type: "backed-up" });
  expect(await to("another")).toMatchObject({ exitCode: 0 });
});
