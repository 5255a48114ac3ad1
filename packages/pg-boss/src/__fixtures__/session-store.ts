import type { JobOutlet, Repositories, SessionRepository, StorageFailure, Store } from "@likeness/core";
import { memoryStore, testClock } from "@likeness/testing";
import { sql, type Kysely } from "kysely";
import { err, okAsync, type Result, type ResultAsync } from "neverthrow";
import { attempt } from "../attempt.ts";

interface SessionRow {
  readonly key: string;
  readonly value: string;
  readonly version: number;
}

export interface SessionDatabase {
  readonly session: SessionRow;
}

export const createSessions = (db: Kysely<SessionDatabase>): Promise<unknown> =>
  sql`create table session (key text primary key, value text not null, version integer not null)`.execute(db);

const rolledBack = new Error("rolled back");

/** A store that has transactions and, of all repositories, that of the sessions. The others remember nothing. */
export function sessionStore(
  db: Kysely<SessionDatabase>,
  { jobs }: { readonly jobs: (db: Kysely<SessionDatabase>) => JobOutlet },
): Store {
  const { store: others } = memoryStore({ clock: testClock() });
  const repositories = (tx: Kysely<SessionDatabase>) => ({ ...others, sessions: sessionsIn(tx), jobs: jobs(tx) });
  return {
    ...repositories(db),
    atomically: <T, E>(work: (tx: Repositories) => ResultAsync<T, E>): ResultAsync<T, E | StorageFailure> => {
      let refusal: Result<never, E> | undefined;
      let outlet: JobOutlet | undefined;
      const committed = attempt(() =>
        db.transaction().execute(async (tx) => {
          const its = repositories(tx);
          outlet = its.jobs;
          const result = await work(its);
          if (result.isOk()) return result.value;
          refusal = err(result.error);
          throw rolledBack;
        }),
      );
      return committed
        .andTee(() => outlet?.committed?.())
        .orElse((failure): Result<T, E | StorageFailure> => refusal ?? err(failure));
    },
  };
}

const sessionsIn = (db: Kysely<SessionDatabase>): SessionRepository => ({
  find: (key) =>
    attempt(async () => {
      const row = await db.selectFrom("session").selectAll().where("key", "=", key).executeTakeFirst();
      return row && { ...row, value: JSON.parse(row.value) };
    }),
  save: (session) => {
    const saved = { ...session, version: session.version + 1 };
    return attempt(() =>
      db
        .insertInto("session")
        .values({ ...saved, value: JSON.stringify(session.value) })
        .execute(),
    ).map(() => saved);
  },
  delete: (key) => attempt(() => db.deleteFrom("session").where("key", "=", key).execute()).map(() => undefined),
  // Its sessions are nobody's.
  eraseOwner: () => okAsync(undefined),
});
