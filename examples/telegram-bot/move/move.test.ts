import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { jobKinds, silentLog, systemClock as clock } from "@likeness/core";
import { kyselyCredits, kyselyPurchases, type Database as Tables } from "@likeness/kysely";
import { testDatabases } from "@likeness/test-postgres/test-databases.ts";
import { runProgram } from "@likeness/test-processes/run-program.ts";
import {
  aCharge,
  aConsent,
  anAvatar,
  anErasedCount,
  anErasure,
  anOwner,
  aPicture,
  aPurchase,
  aSession,
  photoBytes,
  testStart,
  valueOf,
} from "@likeness/testing";
import Database from "better-sqlite3";
import { sql, type Kysely } from "kysely";
import { describe, expect, it, onTestFinished } from "vitest";
import { misused, type Answer } from "../operator/answer.ts";
import { temporaryFolder } from "../__fixtures__/temporary-folder.ts";
import { openPostgres } from "../storage/open-postgres.ts";
import { openSqlite } from "../storage/open-sqlite.ts";
import { inTheMiddle, startProcess, succeedAll, surroundings, until } from "../storage/in-the-middle.ts";
import type { Storage } from "../storage/storage.ts";
import { movedTables, tables } from "./moved-tables.ts";
import { moveCommand } from "./move-command.ts";

const emptyDatabase = testDatabases();

/** A word with everything that a database may refuse, or give back changed. */
const hostile = "Zoë\0 \uD800 \uFFFF0000 '; drop table x; -- 👩🏽‍🚀 \\u0000";

async function move(file: string, url: string, more: readonly string[] = []): Promise<Answer> {
  const reply = await moveCommand.run([url, ...more], { DATABASE_URL: `sqlite:${file}` }, "olga");
  return reply === "misused" ? misused([]) : reply;
}

const newFile = async () => join(await temporaryFolder(), "likeness.db");

async function rowsOf(db: Kysely<Tables>): Promise<Record<string, unknown[]>> {
  const read = movedTables.map(async (table) => {
    const { rows } = await sql<object>`select * from ${sql.table(table)}`.execute(db);
    const texts = rows.map((row) =>
      JSON.stringify(Object.entries(row).toSorted(([one], [other]) => (one < other ? -1 : 1))),
    );
    return [table, texts.toSorted()] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}

const likenessTables = async (db: Kysely<Tables>): Promise<string[]> =>
  (await db.introspection.getTables())
    .map(({ name }) => name)
    .filter((name) => name.startsWith("likeness_") && name !== "likeness_migration")
    .toSorted();

/** Rows in the tables that trainings under way leave empty. */
async function fillTheRest({ store, db, jobsWithin }: Pick<Storage, "store" | "db" | "jobsWithin">): Promise<void> {
  const avatar = await valueOf(store.avatars.save(anAvatar({ name: hostile })));
  const { ownerId } = avatar;
  await valueOf(store.pictures.save(aPicture({ avatarId: avatar.id })));
  await valueOf(store.sessions.save(aSession({ value: { said: hostile, [hostile]: [0, null, true] } })));
  await valueOf(store.owners.save(anOwner()));
  await valueOf(store.consents.insert(aConsent()));
  await valueOf(store.erasures.save(anErasure()));
  await valueOf(store.erasures.noteOrder({ orderId: hostile, endpoint: "any", erasedAt: clock.now() }));
  await valueOf(store.guards.noteErased(anErasedCount({ keepUntil: "2999-01-01T00:00:00.000Z" })));
  await valueOf(store.guards.spend({ day: "2026-11-23", amount: 2_147_483_646, cap: 2_147_483_647 }));
  await valueOf(store.guards.switchPaidWork({ state: "off", switchedAt: testStart }));
  const subject = { type: "order", id: "any" } as const;
  const { audit, alarms } = store.operator ?? {};
  if (!audit || !alarms) throw new Error("this store has nothing for operators");
  await valueOf(audit.note({ id: "a1", operator: hostile, action: "look", subject, at: testStart }));
  await valueOf(audit.dismiss(subject, testStart));
  await valueOf(alarms.noteSighting({ what: "provider-refused", subject: hostile, seenAt: testStart }));
  await sql`insert into likeness_alarm (cause, version, status, since, calm_since, facts, calm_seconds, told) values
    ('messages-dead', 2, 'over', ${testStart}, ${testStart}, '{"count":1}', 900, '{}')`.execute(db);
  const credits = kyselyCredits(db, { prices: { training: 10, image: 0, upscale: 0 }, clock });
  const purchases = kyselyPurchases(db, { credits, jobs: jobsWithin });
  const purchase = aPurchase({ ownerId });
  await valueOf(purchases.open(purchase));
  await valueOf(purchases.pay(aCharge(purchase)));
  await valueOf(credits.reserve({ ...(await anyOrder(store)), ownerId }));
}

async function anyOrder(store: Storage["store"]) {
  const [order] = await valueOf(store.orders.dueBefore("9999", 1));
  if (!order) throw new Error("there is no order under way");
  return order;
}

/** A small database of a bot that does not run. */
async function smallSource(): Promise<{ readonly file: string; readonly avatarId: string }> {
  const file = await newFile();
  const { store, close } = await openSqlite({ type: "sqlite", file }, clock, silentLog);
  const { id: avatarId } = await valueOf(store.avatars.save(anAvatar()));
  await valueOf(store.sessions.save(aSession()));
  await close();
  return { file, avatarId };
}

async function look(url: string): Promise<Storage> {
  const storage = await openPostgres({ type: "postgres", url }, clock, silentLog, "look");
  onTestFinished(storage.close);
  return storage;
}

describe("a move from SQLite to PostgreSQL", { timeout: 300_000 }, () => {
  it("knows every table of the migrations, in the order of their references", async () => {
    const source = await openSqlite({ type: "sqlite", file: await newFile() }, clock, silentLog);
    onTestFinished(source.close);
    expect(await likenessTables(source.db)).toStrictEqual(Object.keys(tables).toSorted());
    for (const table of movedTables) {
      const { rows } = await sql<{ table: string }>`select "table" from pragma_foreign_key_list(${table})`.execute(
        source.db,
      );
      const before = movedTables.slice(0, movedTables.indexOf(table));
      expect(before).toStrictEqual(expect.arrayContaining(rows.map((reference) => reference.table)));
    }
  });

  it("takes every row along and everything that is under way, which comes to its end once", async (test) => {
    const around = surroundings();
    const { provider, receiver, network, sent, ports } = around;
    const [file, url] = [await newFile(), await emptyDatabase()];
    const first = await startProcess(around, { type: "sqlite", file }, test);
    const { trainings, delivered, photo } = await inTheMiddle(first, around);
    expect(await move(file, url)).toMatchObject({ exitCode: 1, lines: [expect.stringContaining("is in use")] });

    const bytes = await valueOf(ports.blobs.put(photoBytes()));
    network.answerSubmit();
    await first.end();
    const source = await openSqlite({ type: "sqlite", file }, clock, silentLog);
    await fillTheRest(source);
    // What no sweep would find again.
    const discard = { kind: jobKinds.discardBlobs, key: hostile, payload: { keys: [bytes], said: hostile } };
    await valueOf(source.store.jobs.enqueue(discard));
    // A job keeps the time that it waits for, which is minutes for the photo and the delivery.
    await source.db.updateTable("likeness_job").set({ run_at: clock.now() }).where("dead_at", "is", null).execute();
    const before = await rowsOf(source.db);
    expect(Object.entries(before).flatMap(([table, rows]) => (rows.length === 0 ? [table] : []))).toStrictEqual([]);
    await source.close();

    const { lines, exitCode } = await move(file, url);
    expect({ exitCode, lines: lines.join("\n") }).toStrictEqual({
      exitCode: 0,
      lines: expect.stringMatching(/likeness_order +5 +5\n/),
    });
    expect(await rowsOf((await look(url)).db)).toStrictEqual(before);

    network.telegramWaits = false;
    receiver.setKeysAvailable(true);
    const { storage } = await startProcess(around, { type: "postgres", url }, test);
    const { store } = storage;
    const told = () => sent.filter((message) => message.endsWith("training-ready")).toSorted();
    await until(async () => {
      succeedAll(provider, [delivered]);
      return (
        told().length >= trainings.length && (await valueOf(store.photos.find(photo)))?.state.status === "accepted"
      );
    });
    await until(async () => (await valueOf(store.inbox.unsettledBefore("9999", 1))).length === 0);
    await until(async () => (await valueOf(store.erasures.dueBefore("9999", 1))).length === 0);
    await until(async () => (await ports.blobs.stat(bytes)).isErr());
    expect(provider.accepted.toSorted()).toStrictEqual(trainings.toSorted());
    expect(told()).toStrictEqual(trainings.map((id) => `${id} training-ready`).toSorted());
  });

  it("leaves nothing when it is killed in its middle, and is whole when it is run again", async () => {
    const { file, avatarId } = await smallSource();
    const url = await emptyDatabase();
    const program = fileURLToPath(new URL("../__fixtures__/hang-in-move.ts", import.meta.url));
    await (await openPostgres({ type: "postgres", url }, clock, silentLog)).close();
    const killed = runProgram(program, { parameters: [file, url], onTestFinished });
    await killed.said(/hanging/);
    expect(await move(file, url)).toMatchObject({ exitCode: 1, lines: [expect.stringContaining("is in use")] });
    await killed.end("SIGKILL");

    const target = await look(url);
    expect(await rowsOf(target.db)).toStrictEqual(Object.fromEntries(movedTables.map((table) => [table, []])));
    expect(await move(file, url)).toMatchObject({ exitCode: 0 });
    expect(await valueOf(target.store.avatars.find(avatarId))).toMatchObject({ id: avatarId });
    // The second move to the same place, and another bot's move to it, change nothing.
    const moved = await rowsOf(target.db);
    for (const again of [file, (await smallSource()).file])
      expect(await move(again, url)).toMatchObject({
        exitCode: 1,
        lines: [expect.stringContaining("has rows of Likeness"), "likeness_avatar: 1", "likeness_session: 1"],
      });
    expect(await rowsOf(target.db)).toStrictEqual(moved);
  });

  it("commits nothing when the counts differ", async () => {
    const { file } = await smallSource();
    const url = await emptyDatabase();
    const { db, close } = await openPostgres({ type: "postgres", url }, clock, silentLog);
    onTestFinished(close);
    await sql`create function swallow() returns trigger language plpgsql as 'begin return null; end'`.execute(db);
    await sql`create trigger swallow before insert on likeness_session for each row execute function swallow()`.execute(
      db,
    );
    const { lines, exitCode } = await move(file, url);
    expect({ exitCode, lines: lines.join("\n") }).toStrictEqual({
      exitCode: 1,
      lines: expect.stringMatching(/likeness_session +1 +0\n[\s\S]*nothing was committed/),
    });
    expect((await rowsOf(db))["likeness_avatar"]).toStrictEqual([]);
  });

  it("says in one line what is wrong, without the password", async () => {
    const { file } = await smallSource();
    const away = "postgres://likeness:a-long-secret@127.0.0.1:1/likeness";
    const refusal = (line: string) => ({ exitCode: 1, lines: [expect.stringContaining(line)] });
    expect(await move(`${file}.missing`, away)).toStrictEqual(refusal("a file that does not exist"));
    const other = await newFile();
    new Database(other).exec("create table notes (text)").close();
    expect(await move(other, away)).toStrictEqual(refusal("a file without the bot's tables"));
    expect(await move(file, away)).toStrictEqual(refusal("ECONNREFUSED"));
    expect(JSON.stringify(await move(file, away))).not.toContain("secret@");
    expect(await move(file, away, ["more"])).toStrictEqual(misused([]));
    expect(await move(file, "sqlite:other.db")).toStrictEqual(misused([]));
    expect(await moveCommand.run([away], { DATABASE_URL: away }, "olga")).toStrictEqual(refusal("the SQLite file"));
  });
});
