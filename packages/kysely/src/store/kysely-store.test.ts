import { EventEmitter, once } from "node:events";
import {
  anAvatar,
  anImageOrder,
  anInboxDelivery,
  aNotification,
  aJob,
  aSession,
  aTraining,
  describeStore,
  valueOf,
} from "@likeness/testing";
import { systemClock, type Json } from "@likeness/core";
import { err, errAsync, ok, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { sqliteJobQueue } from "../sqlite/sqlite-job-queue.ts";
import { temporarySqlite } from "../__fixtures__/temporary-sqlite.ts";
import { kyselyStore } from "./kysely-store.ts";

async function prepare() {
  const { db, database } = await temporarySqlite();
  const queue = sqliteJobQueue(db, { clock: systemClock });
  return { db, database, queue, store: kyselyStore(db, { jobs: queue.within }) };
}

describeStore("Kysely on SQLite", async () => (await prepare()).store);

describe("kyselyStore", () => {
  const bypassed = err({
    type: "storage-failure",
    cause: new Error("a transaction is under way: use the repositories that it was given, not the store's"),
  });

  it("answers, instead of waiting for ever, when its transaction is bypassed", async () => {
    const { store, queue } = await prepare();
    const avatar = anAvatar();
    const ways = [
      () => store.avatars.find(avatar.id),
      () => store.avatars.setMain(avatar.ownerId, avatar.id),
      () => store.orders.save(aTraining()),
      () => store.jobs.enqueue(aJob()),
      () => queue.enqueue(aJob()),
      () => store.atomically(() => okAsync("within")),
    ];
    for (const way of ways) {
      const outcome = store.atomically((tx) => tx.avatars.save(anAvatar()).andThen(() => way().map(() => "through")));
      expect(await outcome).toStrictEqual(bypassed);
    }
    expect(await store.avatars.listByOwner(avatar.ownerId)).toStrictEqual(ok([]));
  });

  it("tells the outlet of a transaction about its commit, and not about a rollback", async () => {
    const { db, queue } = await prepare();
    const told: string[] = [];
    const store = kyselyStore(db, {
      jobs: (tx) => ({ ...queue.within(tx), committed: () => void told.push(tx.isTransaction ? "in" : "beside") }),
    });
    await valueOf(store.atomically((tx) => tx.jobs.enqueue(aJob())));
    expect(told).toStrictEqual(["in"]);
    await store.atomically((tx) => tx.jobs.enqueue(aJob()).andThen(() => errAsync("no")));
    await valueOf(store.jobs.enqueue(aJob()));
    expect(told).toStrictEqual(["in"]);
  });

  it("names no column in an update that never changes, because SQLite would write its indexes", async () => {
    const updates: string[] = [];
    const { db } = await temporarySqlite(({ query: { sql } }) => void (sql.startsWith("update") && updates.push(sql)));
    const store = kyselyStore(db, { jobs: sqliteJobQueue(db, { clock: systemClock }).within });
    const order = aTraining("submitted");
    const avatar = await valueOf(store.avatars.save(anAvatar({ id: order.avatarId })));
    await valueOf(store.avatars.save(avatar));
    await valueOf(store.orders.save(await valueOf(store.orders.save(order))));
    const message = aNotification({ avatarId: avatar.id, orderId: order.id });
    await valueOf(store.outbox.insert(message));
    await valueOf(store.outbox.save({ ...message, version: 1 }));
    expect(updates).toHaveLength(3);
    for (const sql of updates) expect(sql).not.toMatch(/"(?:owner_id|created_at|idempotency_key|dedupe_key)" = \?/);
  });

  it("serves what a transaction started, once the transaction is over", async () => {
    const { store } = await prepare();
    const later = new EventEmitter();
    const afterwards = await valueOf(
      store.atomically(() => okAsync({ found: once(later, "over").then(() => store.sessions.find("none")) })),
    );
    later.emit("over");
    expect(await afterwards.found).toStrictEqual(ok(undefined));
  });

  it("lets other stores be used inside a transaction", async () => {
    const [{ store }, other] = [await prepare(), await prepare()];
    expect(await store.atomically(() => other.store.sessions.find("none"))).toStrictEqual(ok(undefined));
  });

  it("returns that a value cannot be stored at all", async () => {
    const { store } = await prepare();
    const circular: Record<string, Json> = {};
    circular["self"] = circular;
    const unstorable = err({ type: "storage-failure", cause: expect.any(TypeError) });
    expect(await store.sessions.save(aSession({ value: circular }))).toStrictEqual(unstorable);
    expect(await store.jobs.enqueue(aJob({ payload: circular }))).toStrictEqual(unstorable);
  });

  it("keeps the jobs of a transaction and its rows together", async () => {
    const { store, database } = await prepare();
    const keys = () => database.prepare("select key from likeness_job").pluck().all();
    await store.atomically((tx) => tx.jobs.enqueue(aJob({ key: "kept" })));
    await store.atomically((tx) => tx.jobs.enqueue(aJob({ key: "rolled back" })).andThen(() => err("no" as const)));
    expect(keys()).toStrictEqual(["kept"]);
  });

  it("stores a training with its manifest or not at all", async () => {
    const { store, database } = await prepare();
    const avatar = anAvatar();
    await store.avatars.save(avatar);
    database.exec("drop table likeness_order_blob");
    const training = aTraining("requested", { avatarId: avatar.id });
    expect((await store.orders.save(training)).isErr()).toBe(true);
    expect(await store.orders.find(training.id)).toStrictEqual(ok(undefined));
  });

  it("deletes an avatar that has more orders than a statement can name", async () => {
    const { store, database } = await prepare();
    const { id: avatarId } = await valueOf(store.avatars.save(anAvatar()));
    const { id } = await valueOf(store.orders.save(anImageOrder("succeeded", { avatarId })));
    const columns = database.prepare<[], string>("select name from pragma_table_info('likeness_order')").pluck().all();
    const distinct = ["id", "idempotency_key", "request_id"];
    const copied = columns.map((name) => (distinct.includes(name) ? `${name} || n` : name));
    database.exec(`insert into likeness_order select ${copied.join()} from likeness_order,
      (with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < 33000) select n from numbers)`);
    await valueOf(store.inbox.insert(anInboxDelivery({ orderId: `${id}33000` })));
    expect(await store.avatars.delete(avatarId)).toStrictEqual(ok(undefined));
    for (const table of ["likeness_order", "likeness_webhook_inbox"])
      expect(database.prepare(`select count(*) from ${table}`).pluck().get()).toBe(0);
  });

  it("answers that another avatar became the main one first, and changes nothing", async () => {
    const { store, database } = await prepare();
    const [old, chosen, rival] = [anAvatar({ main: true }), anAvatar(), anAvatar()];
    for (const avatar of [old, chosen, rival]) await valueOf(store.avatars.save(avatar));
    // Stands in for a writer that comes between the two statements, as it can where rows are locked one by one.
    database.exec(
      `create trigger rival after update on likeness_avatar when old.main = 1 and new.main = 0
       begin update likeness_avatar set main = 1 where id = '${rival.id}'; end`,
    );
    expect(await store.avatars.setMain(old.ownerId, chosen.id)).toStrictEqual(
      err({ type: "already-exists", rule: "avatar-main" }),
    );
    expect(await store.avatars.find(old.id)).toStrictEqual(ok({ ...old, version: 1 }));
  });

  it("returns a full disk, keeps what was there before, and goes on when there is space again", async () => {
    const { store, database } = await prepare();
    const [before, within, after] = [anAvatar(), anAvatar(), anAvatar()];
    await store.avatars.save(before);
    database.pragma(`max_page_count = ${Number(database.pragma("page_count", { simple: true })) + 3}`);

    const large = aSession({ value: "x".repeat(200_000) });
    const full = err({ type: "storage-failure", cause: expect.objectContaining({ code: "SQLITE_FULL" }) });
    expect(
      await store.atomically((tx) => tx.avatars.save(within).andThen(() => tx.sessions.save(large))),
    ).toStrictEqual(full);
    expect(await store.sessions.save(large)).toStrictEqual(full);

    database.pragma("max_page_count = 1000000");
    expect(await store.avatars.save(after)).toStrictEqual(ok({ ...after, version: 1 }));
    const owned = (await store.avatars.listByOwner(before.ownerId)).unwrapOr([]);
    expect(owned.map(({ id }) => id)).toStrictEqual([before.id, after.id]);
    expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
  });

  it("returns that the database is closed, from wherever it is asked", async () => {
    const { store, queue, database } = await prepare();
    database.close();
    const closed = err({ type: "storage-failure", cause: new TypeError("The database connection is not open") });
    expect(await store.avatars.save(anAvatar())).toStrictEqual(closed);
    expect(await store.orders.save(aTraining())).toStrictEqual(closed);
    expect(await store.inbox.find("any")).toStrictEqual(closed);
    expect(await store.atomically(() => okAsync("never"))).toStrictEqual(closed);
    expect(await store.jobs.enqueue(aJob())).toStrictEqual(closed);
    expect(await queue.start({})).toStrictEqual(closed);
    expect(await queue.stop({ graceMs: 0 })).toStrictEqual(ok(undefined));
  });
});
