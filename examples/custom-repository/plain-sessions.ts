import type { Session, SessionRepository } from "@likeness/core";
import type { Database } from "better-sqlite3";
import { err, fromThrowable, ok, okAsync, type Result } from "neverthrow";

interface Row {
  /** Null: nobody's. */
  readonly owner: string | null;
  readonly value: string;
  readonly version: number;
}

/**
 * A repository of sessions in the host's own table, without Kysely. It shows all that an adapter needs: it takes the
 * caller's client and returns the port, turns exceptions into values in one place, and writes with compare-and-set.
 */
export function plainSessions(database: Database): SessionRepository {
  database.exec(
    `create table if not exists my_session
     (key text primary key, owner text, value text not null, version integer not null) strict`,
  );
  const select = database.prepare<[string], Row>("select owner, value, version from my_session where key = ?");
  const insert = database.prepare("insert into my_session values (?, ?, ?, 1) on conflict do nothing");
  const update = database.prepare(
    "update my_session set value = ?, version = version + 1 where key = ? and version = ?",
  );
  const remove = database.prepare("delete from my_session where key = ?");
  const removeAll = database.prepare("delete from my_session where owner = ?");

  const write = (session: Session): Result<Session, SaveRefused> => {
    const { key, ownerId = null, value, version } = session;
    const text = JSON.stringify(value);
    const { changes } = version === 0 ? insert.run(key, ownerId, text) : update.run(text, key, version);
    if (changes === 1) return ok({ ...session, version: version + 1 });
    return err(
      version === 0 ? { type: "already-exists", rule: "id" } : { type: "version-conflict", entity: "session", id: key },
    );
  };

  return {
    find: (key) => attempt(() => select.get(key)).map((row) => row && sessionOf(key, row)),
    save: (session) => attempt(() => write(session)).andThen((saved) => saved),
    delete: (key) => attempt(() => void remove.run(key)),
    eraseOwner: (ownerId) => attempt(() => void removeAll.run(ownerId)),
  };
}

const sessionOf = (key: string, { owner, value, version }: Row): Session => ({
  key,
  ...(owner !== null && { ownerId: owner }),
  value: JSON.parse(value),
  version,
});

type SaveRefused =
  | { readonly type: "already-exists"; readonly rule: "id" }
  | { readonly type: "version-conflict"; readonly entity: "session"; readonly id: string };

/** The one place where an exception of the driver becomes a value. */
const attempt = <T>(work: () => T) =>
  fromThrowable(work, (cause) => ({ type: "storage-failure", cause }) as const)().asyncAndThen((value) =>
    okAsync(value),
  );
