import { anAvatar, aPhoto, aSession, valueOf } from "@likeness/testing";
import { systemClock, type Repositories } from "@likeness/core";
import Sqlite from "better-sqlite3";
import { Kysely, sql } from "kysely";
import { err, ok, ResultAsync } from "neverthrow";
import { describe, expect, it, onTestFinished } from "vitest";
import { attempt, transaction } from "../attempt.ts";
import type { Database } from "../database.ts";
import { kyselyStore } from "../store/kysely-store.ts";
import { photoRepository } from "../store/photo-repository.ts";
import { sessionRepository } from "../store/session-repository.ts";
import { openSqlite, temporarySqlite } from "../__fixtures__/temporary-sqlite.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";
import { sqliteJobQueue } from "./sqlite-job-queue.ts";

async function prepare() {
  const { path } = await temporarySqlite();
  const statements: string[] = [];
  const database = new Sqlite(path, { verbose: (statement) => statements.push(String(statement)) });
  onTestFinished(() => void database.close());
  const db = new Kysely<Database>({ dialect: sqliteDialect({ database }) });
  const other = openSqlite(path).database;
  return {
    db,
    database,
    other,
    store: kyselyStore(db, { jobs: sqliteJobQueue(db, { clock: systemClock }).within }),
    /** Those of the store's connection. */
    commits: () => statements.filter((statement) => statement === "commit").length,
    /** As other connections see them. */
    stored: () => other.prepare("select key from likeness_session order by key").pluck().all(),
  };
}

const save =
  (key: string) =>
  ({ sessions }: Pick<Repositories, "sessions">) =>
    sessions.save(aSession({ key })).map(() => key);

/** A promise and what fulfils it. */
function gate() {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { open, passed };
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const failure = (code: string) => err({ type: "storage-failure", cause: expect.objectContaining({ code }) });

describe("what is asked of SQLite at the same time", () => {
  it("is committed once, statements and transactions alike, and each writer gets its own answer", async () => {
    const { store, commits, stored } = await prepare();
    const answers = await Promise.all([
      store.atomically(save("a")),
      save("b")(store),
      store.sessions.find("a").map((session) => session?.key),
      store.atomically(save("c")),
    ]);
    expect(answers).toStrictEqual([ok("a"), ok("b"), ok(undefined), ok("c")]);
    expect(commits()).toBe(1);
    expect(stored()).toStrictEqual(["a", "b", "c"]);
  });

  it("is not answered before it is committed, and no reader sees what may yet be undone", async () => {
    const { store, stored } = await prepare();
    const { open, passed } = gate();
    const begun = gate();
    const answered: string[] = [];
    const note = (name: string) => () => void answered.push(name);
    const slow = store.atomically((tx) => {
      begun.open();
      return ResultAsync.fromSafePromise(passed).andThen(() => save("c")(tx));
    });
    const all = [
      store.atomically(save("a")).andTee(note("transaction")),
      save("b")(store).andTee(note("statement")),
      store.sessions.find("a").andTee((session) => void answered.push(`read ${session?.key}`)),
      slow.andTee(note("slow")),
    ];
    await begun.passed;
    const later = store.sessions.find("a").andTee(note("later read"));
    for (let turn = 0; turn < 5; turn++) await nextTurn();
    expect([answered, stored()]).toStrictEqual([["read undefined"], []]);

    open();
    await Promise.all([...all, later]);
    expect(answered.toSorted((left, right) => left.localeCompare(right))).toStrictEqual([
      "later read",
      "read undefined",
      "slow",
      "statement",
      "transaction",
    ]);
    expect(stored()).toStrictEqual(["a", "b", "c"]);
  });

  it("does not go down with one that fails", async () => {
    const { store, commits, stored } = await prepare();
    const answers = await Promise.all([
      store.atomically(save("a")),
      store.atomically((tx) => save("refused")(tx).andThen(() => err("no" as const))),
      store.atomically((tx) => save("thrown")(tx).map(() => JSON.parse("}") as string)),
      save("a")(store),
      store.atomically((tx) => save("broken")(tx).andThen(() => tx.photos.save(aPhoto()))),
      store.atomically(save("z")),
    ]);
    expect(answers).toStrictEqual([
      ok("a"),
      err("no"),
      err({ type: "storage-failure", cause: expect.any(SyntaxError) }),
      err({ type: "already-exists", rule: "id" }),
      failure("SQLITE_CONSTRAINT_FOREIGNKEY"),
      ok("z"),
    ]);
    expect(commits()).toBe(1);
    expect(stored()).toStrictEqual(["a", "z"]);
  });

  it("is done again without the one for whom the disk was too small", async () => {
    const { store, database, stored } = await prepare();
    database.pragma(`max_page_count = ${Number(database.pragma("page_count", { simple: true })) + 3}`);
    const large = aSession({ value: "x".repeat(200_000) });
    const answers = await Promise.all([
      store.atomically(save("a")),
      save("b")(store),
      store.atomically((tx) => tx.sessions.save(large)),
      store.atomically(save("c")),
    ]);
    expect(answers).toStrictEqual([ok("a"), ok("b"), failure("SQLITE_FULL"), ok("c")]);
    expect(stored()).toStrictEqual(["a", "b", "c"]);
  });

  it("is done again without the one that could not be committed", async () => {
    const { db, store, stored } = await prepare();
    const deferred = transaction(db, (tx) =>
      attempt(tx, () => sql`pragma defer_foreign_keys = on`.execute(tx)).andThen(() =>
        photoRepository(tx).save(aPhoto({ avatarId: anAvatar().id })),
      ),
    );
    const answers = await Promise.all([store.atomically(save("a")), deferred, save("b")(store)]);
    expect(answers).toStrictEqual([ok("a"), failure("SQLITE_CONSTRAINT_FOREIGNKEY"), ok("b")]);
    expect(stored()).toStrictEqual(["a", "b"]);
  });

  it("is not refused for what another transaction wrote that was undone", async () => {
    const { db, store, stored } = await prepare();
    const undone = transaction(db, (tx) =>
      attempt(tx, () => sql`pragma defer_foreign_keys = on`.execute(tx))
        .andThen(() => sessionRepository(tx).save(aSession({ key: "a" })))
        .andThen(() => photoRepository(tx).save(aPhoto({ avatarId: anAvatar().id }))),
    );
    const refused = store.atomically((tx) => save("a")(tx).andThen(() => save("c")(tx)));
    const answers = await Promise.all([undone, refused, save("b")(store)]);
    expect(answers.slice(1)).toStrictEqual([ok("c"), ok("b")]);
    expect(stored()).toStrictEqual(["a", "b", "c"]);
  });

  it("is refused together while another process has the file, and who only reads is served", async () => {
    const { store, database, other, stored } = await prepare();
    database.pragma("busy_timeout = 0");
    other.exec("begin immediate");
    const all = () => Promise.all([store.atomically(save("a")), save("b")(store), store.sessions.find("a")]);
    expect(await all()).toStrictEqual([failure("SQLITE_BUSY"), failure("SQLITE_BUSY"), ok(undefined)]);
    other.exec("rollback");
    expect(await all()).toStrictEqual([ok("a"), ok("b"), ok(undefined)]);
    expect(stored()).toStrictEqual(["a", "b"]);
  });

  it("shares no transaction with a statement that bears none, and is in order with it", async () => {
    const { db, store, stored } = await prepare();
    const answers = await Promise.all([
      store.atomically(save("a")),
      save("b")(store),
      sql`vacuum`.execute(db).then(() => "vacuumed"),
      sql<{ key: string }>`select key from likeness_session`.execute(db).then(({ rows }) => rows),
      store.atomically(save("c")),
    ]);
    expect(answers).toStrictEqual([ok("a"), ok("b"), "vacuumed", [{ key: "a" }, { key: "b" }], ok("c")]);
    expect(stored()).toStrictEqual(["a", "b", "c"]);
  });

  it("waits for a row that another connection is still reading", async () => {
    const { db, store } = await prepare();
    for (const key of ["a", "b"]) await valueOf(save(key)(store));
    const rows = db.selectFrom("likeness_session").select("key").orderBy("key").stream();
    const seen = [(await rows.next()).value?.key];
    const writing = store.atomically(save("c")).andTee(() => void seen.push("c is there"));
    for await (const { key } of rows) {
      await nextTurn();
      seen.push(key);
    }
    await writing;
    expect(seen).toStrictEqual(["a", "b", "c is there"]);
  });

  it("is committed in several parts when it is very much, so that other processes can write too", async () => {
    const { store, commits, stored } = await prepare();
    const keys = Array.from({ length: 250 }, (_, index) => `key ${1000 + index}`);
    const answers = await Promise.all(keys.map((key) => store.atomically(save(key))));
    expect(answers).toStrictEqual(keys.map((key) => ok(key)));
    expect(stored()).toStrictEqual(keys);
    expect(commits()).toBe(3);
  });
});
