import { existsSync, writeFileSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { diskBlobs } from "@likeness/blobs/disk";
import { createLikeness, silentLog, systemClock as clock, type BlobStore } from "@likeness/core";
import { testDatabases } from "@likeness/test-postgres/test-databases.ts";
import { runProgram } from "@likeness/test-processes/run-program.ts";
import { aTraining, photoBytes, someProfiles, testPorts, valueOf } from "@likeness/testing";
import Database from "better-sqlite3";
import { describe, expect, it, onTestFinished } from "vitest";
import { done, operatorCommand } from "../__fixtures__/operator.ts";
import { temporaryFolder } from "../__fixtures__/temporary-folder.ts";
import { openPostgres } from "../storage/open-postgres.ts";
import { openSqlite } from "../storage/open-sqlite.ts";
import type { Storage } from "../storage/storage.ts";
import { backUp } from "./back-up.ts";
import { backupFiles } from "./backup-files.ts";
import { namedBlobs } from "./named-blobs.ts";
import { restore } from "./restore.ts";

const newDatabase = testDatabases();

/** Likeness on a database. */
function botOn({ store, queue, db, close }: Storage, blobs: BlobStore) {
  const profiles = someProfiles({ minimum: 1, maximum: 5 });
  const { ports, provider, notifier } = testPorts({ store, queue, clock, blobs, profiles });
  const likeness = createLikeness({ ...ports, policy: { maxParallelOrders: 100, maxOrdersPerDay: 1_000 } });
  const ready = async (actor: string, photos = 2): Promise<string> => {
    const created = likeness.avatars.create({ actor, kind: "portrait", gender: "unspecified", name: "Ada" });
    const { id } = await valueOf(created);
    for (let photo = 0; photo < photos; photo++)
      await valueOf(likeness.photos.add({ actor, avatarId: id, bytes: photoBytes() }));
    return id;
  };
  return { store, db, likeness, provider, notifier, ready, close };
}

/** A bot's data, with Likeness on it. */
async function deployment() {
  const root = await temporaryFolder();
  const [file, source, folder] = [join(root, "likeness.db"), join(root, "blobs"), join(root, "backup")];
  const blobs = diskBlobs(source);
  const open = async (at = file) => botOn(await openSqlite({ type: "sqlite", file: at }, clock, silentLog), blobs);
  return { root, file, source, blobs, folder, open };
}

const keysOf = (file: string): string[] => {
  const database = new Database(file, { readonly: true });
  const keys = [...namedBlobs(database)];
  database.close();
  return keys.toSorted();
};

const blobFile = (folder: string, key: string) => join(folder, key.slice(0, 2), key.slice(2, 4), key);

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) => (entry.isFile() ? [entry.name] : [])).toSorted();
}

const entriesOf = ({ operator }: Storage["store"]) =>
  valueOf(operator?.audit.list({}, { limit: 5 }) ?? expect.unreachable());

const unique = (keys: readonly string[]) => [...new Set(keys)];

describe("a backup", () => {
  it(
    "has every file that its rows name, while 100 trainings are ordered and others erased",
    { timeout: 300_000 },
    async () => {
      const { file, folder, blobs, open } = await deployment();
      const { likeness, store, ready, close } = await open();
      await valueOf(likeness.start());
      onTestFinished(close);
      let ordered = 0;
      const work = async (lane: number): Promise<void> => {
        for (let times = 0; times < 25; times++) {
          const actor = `telegram:${lane}${times}`;
          const avatarId = await ready(actor);
          await valueOf(likeness.trainings.start({ actor, avatarId }));
          ordered += 1;
          if (times % 5 === 0) await valueOf(likeness.avatars.erase({ actor, avatarId: await ready(actor, 1) }));
        }
      };
      const working = Promise.all([1, 2, 3, 4].map(work));
      let saved = 0;
      let during = 0;
      do {
        during = ordered;
        expect(await backUp({ file, blobs, folder })).toMatchObject({ type: "backed-up", missing: [] });
        saved += 1;
        const there = await filesIn(backupFiles(folder).blobs);
        expect(keysOf(backupFiles(folder).database).filter((key) => !there.includes(key))).toStrictEqual([]);
      } while (during < 100);
      await working;
      expect(saved).toBeGreaterThan(2);
      await valueOf(likeness.stop({ graceMs: 5_000 }));
      expect(await backUp({ file, blobs, folder })).toMatchObject({ missing: [] });
      // What was erased is not in it any more.
      expect(await filesIn(backupFiles(folder).blobs)).toStrictEqual(unique(keysOf(file)));
      expect((await valueOf(store.orders.dueBefore("9999", 1_000))).length).toBe(100);
    },
  );

  it(
    "stays whole when the next one is killed in its middle while trainings run, and the one after that cleans up",
    { timeout: 120_000 },
    async () => {
      const { file, source, folder, blobs, open } = await deployment();
      const { likeness, ready, close } = await open();
      onTestFinished(close);
      await valueOf(likeness.start());
      const train = async (actor: string): Promise<void> => {
        const avatarId = await ready(actor, 4);
        await valueOf(likeness.trainings.start({ actor, avatarId }));
      };
      await ready("telegram:1");
      expect(await backUp({ file, blobs, folder })).toMatchObject({ copied: 2 });
      const good = await readFile(backupFiles(folder).database);
      await train("telegram:2");

      const program = fileURLToPath(new URL("../__fixtures__/hang-in-backup.ts", import.meta.url));
      const killed = runProgram(program, { parameters: [file, source, folder], onTestFinished });
      await killed.said(/hanging/);
      await train("telegram:3");
      // The folder is held while it runs.
      expect(await backUp({ file, blobs, folder })).toStrictEqual({ type: "busy" });
      await killed.end("SIGKILL");
      expect((await readFile(backupFiles(folder).database)).equals(good)).toBe(true);
      expect(existsSync(backupFiles(folder).unfinished)).toBe(true);

      expect(await backUp({ file, blobs, folder })).toMatchObject({ type: "backed-up", missing: [] });
      expect((await readdir(folder)).toSorted()).toStrictEqual(["blobs", "likeness.db", "lock"]);
      expect(await filesIn(backupFiles(folder).blobs)).toStrictEqual(unique(keysOf(backupFiles(folder).database)));
    },
  );

  it("says which files the bot itself has lost, or that are damaged", async () => {
    const { file, source, folder, blobs, open } = await deployment();
    const { ready, close } = await open();
    await ready("telegram:1", 3);
    await close();
    const [lost = "", damaged = ""] = keysOf(file);
    await valueOf(blobs.delete(lost));
    await writeFile(blobFile(source, damaged), "other bytes");
    expect(await backUp({ file, blobs, folder })).toMatchObject({
      missing: expect.toSatisfy((keys: string[]) => keys.toSorted().join() === [lost, damaged].join()),
    });
    expect(await filesIn(backupFiles(folder).blobs)).toStrictEqual(keysOf(file).slice(2));
  });
});

it("is saved also when what it needs no longer cannot be deleted, and says both", async () => {
  const { root, file, source, folder, open } = await deployment();
  const { ready, close } = await open();
  await ready("telegram:1");
  await close();
  const settings = { BLOBS: `disk:${source}`, INIT_CWD: root };
  const run = () => operatorCommand("backup")(`sqlite:${file}`, ["backup"], settings);
  const saved = `Saved the database in ${folder}.`;
  expect(await run()).toStrictEqual(done(`${saved}\nFiles: 2 new, 0 no longer needed.\n`));
  // Neither a file that is needed nor one that can be deleted: where its folder has to be is a file.
  const stray = "0".repeat(64);
  const { blobs: pool } = backupFiles(folder);
  await rm(join(pool, "00"), { recursive: true, force: true });
  await writeFile(join(pool, "00"), "");
  await writeFile(join(pool, stray), "");
  const { exitCode, errors } = await run();
  expect([exitCode, errors.split("\n")]).toStrictEqual([
    1,
    [
      saved,
      "Files: 0 new, 0 no longer needed.",
      expect.stringMatching(/^The backup is whole, but what it needs no longer is still in it: .* Run it again\.$/),
      "",
    ],
  ]);
});

describe("D10: a backup that is restored", () => {
  it(
    "sends nothing that may have been paid since, tells its owner, and has everything else",
    { timeout: 60_000 },
    async () => {
      const { root, file, folder, blobs, open } = await deployment();
      const today = await open();
      // Ordered when the backup is made, and submitted after it.
      const avatarId = await today.ready("telegram:1");
      const { id } = await valueOf(today.likeness.trainings.start({ actor: "telegram:1", avatarId }));
      expect(await backUp({ file, blobs, folder })).toMatchObject({ copied: 2 });
      await valueOf(today.likeness.runDue({ limit: 5, deadlineMs: 10_000 }));
      expect(today.provider.accepted).toHaveLength(1);
      await today.close();

      const another = { file: join(root, "restored", "likeness.db"), blobs: diskBlobs(join(root, "other-blobs")) };
      expect(await restore({ folder, ...another, operator: "olga" })).toStrictEqual({
        type: "restored",
        copied: 2,
        missing: [],
        ended: 1,
      });
      expect((await readdir(join(root, "restored"))).toSorted()).toStrictEqual(["likeness.db"]);
      const restored = await open(another.file);
      onTestFinished(restored.close);
      for (let runs = 0; runs < 3; runs++) await valueOf(restored.likeness.runDue({ limit: 20, deadlineMs: 10_000 }));
      expect(restored.provider.accepted).toStrictEqual([]);
      expect((await valueOf(restored.store.orders.find(id)))?.state).toMatchObject({
        status: "failed",
        reason: "submit_unknown",
      });
      expect(await entriesOf(restored.store)).toMatchObject([
        { operator: "olga", action: "end-unsubmitted", subject: { type: "order", id }, outcome: "done" },
      ]);
      expect(restored.notifier.attempts.map(({ content }) => content.template)).toStrictEqual(["training-failed"]);
      const others = await filesIn(join(root, "other-blobs"));
      expect(others).toStrictEqual(unique(keysOf(backupFiles(folder).database)));
    },
  );

  it(
    "is ended on a PostgreSQL by a word that says that pg_restore has run, and by nothing else",
    {
      timeout: 120_000,
    },
    async () => {
      const url = await newDatabase();
      const blobs = diskBlobs(await temporaryFolder());
      const open = async () => botOn(await openPostgres({ type: "postgres", url }, clock, silentLog), blobs);
      const { likeness, ready, close } = await open();
      const started = { actor: "telegram:1", avatarId: await ready("telegram:1") };
      const { id } = await valueOf(likeness.trainings.start(started));
      await close();
      const run = operatorCommand("restore");
      for (const words of [[], ["backup"], ["after-pg-restore"], ["--after-pg-restore", "backup"]])
        expect(await run(url, words)).toMatchObject({ exitCode: 2 });
      const { output } = await run(url, ["--after-pg-restore", "--operator", "olga"]);
      expect(output.split("\n")[0]).toMatch(/were ended because they may have been: 1\.$/);
      const again = await run(url, ["--after-pg-restore"]);
      expect(again.output.split("\n")[0]).toMatch(/: 0\.$/);

      const restored = await open();
      onTestFinished(restored.close);
      for (let runs = 0; runs < 3; runs++) await valueOf(restored.likeness.runDue({ limit: 20, deadlineMs: 10_000 }));
      expect(restored.provider.accepted).toStrictEqual([]);
      expect((await valueOf(restored.store.orders.find(id)))?.state).toMatchObject({ reason: "submit_unknown" });
      expect(await entriesOf(restored.store)).toMatchObject([
        { operator: "olga", action: "end-unsubmitted", subject: { type: "order", id }, outcome: "done" },
      ]);
    },
  );

  it("replaces no database, and is there as a whole or not at all", async () => {
    const { root, file, folder, blobs, open } = await deployment();
    const { store, close } = await open();
    await valueOf(store.orders.find(aTraining("requested").id));
    expect(await restore({ folder, file: join(root, "new.db"), blobs, operator: "olga" })).toStrictEqual({
      type: "no-backup",
    });
    await backUp({ file, blobs, folder });
    expect(await restore({ folder, file, blobs, operator: "olga" })).toStrictEqual({ type: "in-the-way", file });
    await close();
    // As a run that was killed leaves it.
    await writeFile(join(root, "new.db.unfinished"), "a part");
    expect(await restore({ folder, file: join(root, "new.db"), blobs, operator: "olga" })).toMatchObject({
      type: "restored",
    });
    expect(existsSync(join(root, "new.db.unfinished"))).toBe(false);
  });

  it("replaces no database that a bot has made meanwhile", async () => {
    const { root, file, folder, blobs, open } = await deployment();
    const { ready, close } = await open();
    await ready("telegram:1");
    await close();
    await backUp({ file, blobs, folder });
    const [other, others] = [join(root, "new.db"), diskBlobs(join(root, "other-blobs"))];
    const put: BlobStore["put"] = (content, announce) => {
      writeFileSync(other, "a bot's");
      return others.put(content, announce);
    };
    expect(await restore({ folder, file: other, blobs: { ...others, put }, operator: "olga" })).toStrictEqual({
      type: "in-the-way",
      file: other,
    });
    expect(await readFile(other, "utf8")).toBe("a bot's");
    expect((await readdir(root)).filter((name) => name.startsWith("new.db"))).toStrictEqual(["new.db"]);
  });

  it("stores no bytes of the backup that are not those of their name", async () => {
    const { root, file, folder, blobs, open } = await deployment();
    const { ready, close } = await open();
    await ready("telegram:1");
    await close();
    await backUp({ file, blobs, folder });
    const [damaged = "", whole] = keysOf(file);
    await writeFile(blobFile(backupFiles(folder).blobs, damaged), "other bytes");
    const others = join(root, "other-blobs");
    expect(
      await restore({ folder, file: join(root, "new.db"), blobs: diskBlobs(others), operator: "olga" }),
    ).toMatchObject({ type: "restored", copied: 1, missing: [damaged] });
    expect(await filesIn(others)).toStrictEqual([whole]);
  });
});
