import { aJob, anAvatar, valueOf } from "@likeness/testing";
import Sqlite from "better-sqlite3";
import { err, ok, type Result } from "neverthrow";
import { expect, it, onTestFinished } from "vitest";
import { temporaryPath } from "../__fixtures__/temporary-sqlite.ts";
import { sqliteReady } from "./sqlite-ready.ts";
import { sqliteStorage } from "./sqlite-storage.ts";

it("makes an empty file ready, with jobs in the transactions of the store", async () => {
  const { db, store } = await valueOf(sqliteStorage(new Sqlite(temporaryPath())));
  onTestFinished(() => db.destroy());
  expect(await sqliteReady(db)).toStrictEqual(ok(undefined));
  const avatar = anAvatar();
  const keep = (answer: Result<string, { readonly type: "refused" }>) =>
    store.atomically((tx) =>
      tx.avatars
        .save({ ...avatar, id: crypto.randomUUID() })
        .andThen(() => tx.jobs.enqueue(aJob()))
        .andThen(() => answer),
    );
  expect((await keep(err({ type: "refused" }))).isErr()).toBe(true);
  const jobs = () => db.selectFrom("likeness_job").selectAll().execute();
  expect(await jobs()).toHaveLength(0);
  await valueOf(keep(ok("kept")));
  expect(await jobs()).toHaveLength(1);
});

it("returns which setting the database refused", async () => {
  const database = new Sqlite(":memory:");
  onTestFinished(() => void database.close());
  const opened = await sqliteStorage(database);
  expect(opened).toMatchObject(err({ type: "sqlite-setting-refused", pragma: "journal_mode" }));
});
