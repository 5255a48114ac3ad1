import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { silentLog, systemClock as clock } from "@likeness/core";
import { acceptedPhotos, anAvatar, bytesOf, valueOf } from "@likeness/testing";
import { expect, it, onTestFinished } from "vitest";
import { done, operatorCommand } from "../__fixtures__/operator.ts";
import { temporaryFolder } from "../__fixtures__/temporary-folder.ts";
import { tinyS3 } from "../__fixtures__/tiny-s3.ts";
import { openBlobs } from "../open-blobs.ts";
import { openSqlite } from "../storage/open-sqlite.ts";

const bucket = { type: "s3", bucket: "photos", prefix: "bot" } as const;

/** A bot whose three photos are in a bucket, which is stopped. */
async function deployment() {
  const s3 = await tinyS3();
  const root = await temporaryFolder();
  const blobs = await openBlobs(bucket);
  const { store, close } = await openSqlite({ type: "sqlite", file: join(root, "likeness.db") }, clock, silentLog);
  const { id: avatarId } = await valueOf(store.avatars.save(anAvatar()));
  const keys: string[] = [];
  for (const photo of acceptedPhotos(avatarId, 3)) {
    const blobKey = await valueOf(blobs.put(crypto.getRandomValues(new Uint8Array(500))));
    if (photo.state.status !== "accepted") throw new Error("the fixture is out of date");
    await valueOf(store.photos.save({ ...photo, state: { ...photo.state, blobKey } }));
    keys.push(blobKey);
  }
  await close();
  const settings = { BLOBS: "s3://photos/bot", INIT_CWD: root };
  const run = (name: "backup" | "restore", file: string, more = settings) =>
    operatorCommand(name)(`sqlite:${join(root, file)}`, ["backup"], more);
  const objectOf = (key: string) => `photos/bot/sha256/${key.slice(0, 2)}/${key.slice(2, 4)}/${key}`;
  const loseDatabase = async () => {
    for (const file of await readdir(root)) if (file.startsWith("likeness.db")) await rm(join(root, file));
  };
  return { s3, root, blobs, keys, run, objectOf, loseDatabase };
}

it("a backup leaves the files in the bucket, untouched, and a restore finds them there", async () => {
  const { s3, root, blobs, keys, run, objectOf, loseDatabase } = await deployment();
  const before = new Map(s3.objects);
  expect([...before.keys()].toSorted()).toStrictEqual(keys.map(objectOf).toSorted());
  const asked = s3.seen.length;
  expect(await run("backup", "likeness.db")).toStrictEqual(
    done(
      `Saved the database in ${join(root, "backup")}.\nThe files stay in the bucket: turn its versioning on, or copy it.\n`,
    ),
  );
  expect(s3.seen.slice(asked)).toStrictEqual([]);
  expect((await readdir(join(root, "backup"))).toSorted()).toStrictEqual(["likeness.db", "lock"]);

  await loseDatabase();
  const restored = await run("restore", "likeness.db");
  expect([restored.exitCode, restored.output.split("\n")[0]]).toStrictEqual([
    0,
    `Restored to ${join(root, "likeness.db")}; 0 files were copied.`,
  ]);
  expect(s3.objects).toStrictEqual(before);
  const { store, close } = await openSqlite({ type: "sqlite", file: join(root, "likeness.db") }, clock, silentLog);
  onTestFinished(close);
  for (const key of keys) {
    expect((await bytesOf(await valueOf(blobs.get(key)))).byteLength).toBeGreaterThan(0);
    expect(await valueOf(store.photos.usesBlob(key))).toBe(true);
  }
});

it("a restore names what the bucket has lost, and the database is there all the same", async () => {
  const { s3, root, keys, run, objectOf, loseDatabase } = await deployment();
  await run("backup", "likeness.db");
  await loseDatabase();
  const [lost = ""] = keys;
  s3.objects.delete(objectOf(lost));
  const { exitCode, errors } = await run("restore", "likeness.db");
  expect([exitCode, errors.split("\n").slice(-3)]).toStrictEqual([
    1,
    ["The database names 1 files that are missing or damaged:", lost, ""],
  ]);
  expect(await readdir(root)).toContain("likeness.db");
});

it("a backup of files on a disk is restored into a bucket", async () => {
  const { s3, root, blobs, keys, run, objectOf, loseDatabase } = await deployment();
  const disk = await openBlobs({ type: "disk", folder: join(root, "blobs") });
  for (const key of keys) await valueOf(disk.put(await bytesOf(await valueOf(blobs.get(key)))));
  const onDisk = { BLOBS: `disk:${join(root, "blobs")}`, INIT_CWD: root };
  expect((await run("backup", "likeness.db", onDisk)).output).toContain("Files: 3 new, 0 no longer needed.");
  s3.objects.clear();
  await loseDatabase();
  expect((await run("restore", "likeness.db")).output).toContain("3 files were copied.");
  expect([...s3.objects.keys()].toSorted()).toStrictEqual(keys.map(objectOf).toSorted());
});
