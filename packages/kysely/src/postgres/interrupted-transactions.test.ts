import { EventEmitter, once } from "node:events";
import { anAvatar, aSession, recordingLog, valueOf } from "@likeness/testing";
import type { StorageFailure } from "@likeness/core";
import { sql, type Kysely } from "kysely";
import { err, ok, okAsync, type ResultAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { attempt, transaction } from "../attempt.ts";
import type { Database } from "../database.ts";
import { avatarRepository } from "../store/avatar-repository.ts";
import { sessionRepository } from "../store/session-repository.ts";
import { openPostgres, temporaryPostgres, type TemporaryPostgres } from "../__fixtures__/temporary-postgres.ts";

const run = (db: Kysely<Database>, statement: string): ResultAsync<void, StorageFailure> =>
  attempt(db, async () => void (await sql.raw(statement).execute(db)));

const fail = (code: string): string => `do $$ begin raise exception using errcode = '${code}'; end $$`;

/** Ends the connection that a transaction has, from another one. */
const cut = ({ url }: TemporaryPostgres, tx: Kysely<Database>): ResultAsync<void, StorageFailure> =>
  attempt(tx, async () => (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)).rows).andThen(
    ([row]) => run(openPostgres(url).db, `select pg_terminate_backend(${row?.pid}, 5000)`),
  );

const failure = (code: string) => err({ type: "storage-failure", cause: expect.objectContaining({ code }) });

const sessionsOf = async ({ db }: TemporaryPostgres): Promise<string[]> =>
  (await db.selectFrom("likeness_session").select("key").orderBy("key").execute()).map(({ key }) => key);

/** A transaction that stores a session, and in its first tries has something happen to it. */
function troubled(
  opened: TemporaryPostgres,
  tries: number,
  trouble: (tx: Kysely<Database>) => ResultAsync<void, StorageFailure>,
) {
  let runs = 0;
  const result = transaction(opened.db, (tx) => {
    runs += 1;
    const saved = sessionRepository(tx).save(aSession({ key: `run ${runs}` }));
    return saved.andThen(() => (runs <= tries ? trouble(tx) : okAsync(undefined))).map(() => `run ${runs}`);
  });
  return { result, runs: () => runs };
}

describe("a transaction that PostgreSQL interrupts", () => {
  it.each(["40001", "40P01", "57P01", "08006"])("is run again after %s, as if it had not been", async (code) => {
    const opened = await temporaryPostgres();
    const { result } = troubled(opened, 2, (tx) => run(tx, fail(code)));
    expect(await result).toStrictEqual(ok("run 3"));
    expect(await sessionsOf(opened)).toStrictEqual(["run 3"]);
  });

  it.each(["23503", "55P03", "57014"])("is not run again after %s", async (code) => {
    const opened = await temporaryPostgres();
    const { result, runs } = troubled(opened, 1, (tx) => run(tx, fail(code)));
    expect(await result).toStrictEqual(failure(code));
    expect(runs()).toBe(1);
    expect(await sessionsOf(opened)).toStrictEqual([]);
  });

  it("is given up after three more tries", async () => {
    const opened = await temporaryPostgres();
    const { result, runs } = troubled(opened, 9, (tx) => run(tx, fail("40001")));
    expect(await result).toStrictEqual(failure("40001"));
    expect(runs()).toBe(4);
    expect(await sessionsOf(opened)).toStrictEqual([]);
  });

  it("is run again when its connection is lost between two statements, which is told", async () => {
    const log = recordingLog();
    const opened = await temporaryPostgres({ log });
    // Where only the commit comes after the loss, it may have been sent before the loss is noticed.
    const { result } = troubled(opened, 1, (tx) => cut(opened, tx).andThen(() => run(tx, "select")));
    expect(await result).toStrictEqual(ok("run 2"));
    expect(await sessionsOf(opened)).toStrictEqual(["run 2"]);
    const lost = { level: "warn", fields: { error: expect.any(String) }, message: "lost a connection to PostgreSQL" };
    await expect.poll(() => log.entries).toContainEqual(lost);
  });

  it("is not run again when the answer to its commit is lost, because it may have been committed", async () => {
    const opened = await temporaryPostgres();
    await valueOf(
      run(
        opened.db,
        `create function cut() returns trigger language plpgsql as
         $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
         create constraint trigger cut after insert on likeness_session deferrable initially deferred for each row execute function cut()`,
      ),
    );
    const { result, runs } = troubled(opened, 0, () => run(opened.db, "select"));
    expect(await result).toStrictEqual(failure("57P01"));
    expect(runs()).toBe(1);
  });

  it("gets through when it waits for another in a circle", async () => {
    const { db } = await temporaryPostgres();
    const [left, right] = [anAvatar(), anAvatar()];
    for (const avatar of [left, right]) await valueOf(avatarRepository(db).save(avatar));
    const meeting = new EventEmitter();
    const met = once(meeting, "met");
    let holding = 0;
    const holdBoth = (first: string, second: string) =>
      transaction(db, (tx) =>
        avatarRepository(tx)
          .hold(first)
          .andThen(() =>
            attempt(tx, async () => {
              holding += 1;
              if (holding === 2) meeting.emit("met");
              await met;
            }),
          )
          .andThen(() => avatarRepository(tx).hold(second))
          .map((avatar) => avatar?.id),
      );
    const both = await Promise.all([holdBoth(left.id, right.id), holdBoth(right.id, left.id)]);
    expect(both).toStrictEqual([ok(right.id), ok(left.id)]);
    expect(holding).toBe(3);
  });
});

describe("a statement that PostgreSQL interrupts", () => {
  /** Its first insert of a session fails. A sequence counts, because it is not rolled back. */
  async function failingOnce(code: string): Promise<TemporaryPostgres> {
    const opened = await temporaryPostgres();
    await valueOf(
      run(
        opened.db,
        `create sequence tries;
         create function fail() returns trigger language plpgsql as
         $$ begin if nextval('tries') = 1 then raise exception using errcode = '${code}'; end if; return new; end $$;
         create trigger fail before insert on likeness_session for each row execute function fail()`,
      ),
    );
    return opened;
  }

  it("is run again when it surely did nothing", async () => {
    const { db } = await failingOnce("40P01");
    const session = aSession();
    expect(await sessionRepository(db).save(session)).toStrictEqual(ok({ ...session, version: 1 }));
  });

  it("is not run again when it may have been through", async () => {
    const { db } = await failingOnce("57P01");
    expect(await sessionRepository(db).save(aSession())).toStrictEqual(failure("57P01"));
  });

  it("does not notice that a connection was lost while it was not in use", async () => {
    const log = recordingLog();
    const opened = await temporaryPostgres({ log });
    await valueOf(sessionRepository(opened.db).find("none"));
    const others =
      "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
    await valueOf(run(openPostgres(opened.url).db, others));
    await expect.poll(() => log.entries.length).toBeGreaterThan(0);
    expect(await sessionRepository(opened.db).find("none")).toStrictEqual(ok(undefined));
  });
});
