import { anAvatar, aTraining, valueOf } from "@likeness/testing";
import type { Kysely } from "kysely";
import { err, ok, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import type { Database } from "../../database.ts";
import { kyselyStore } from "../../store/kysely-store.ts";
import { formerStatements } from "../../__fixtures__/former-tables/former-statements.ts";
import { migratingEngines, rowsOf, run } from "../../__fixtures__/migrating-engines.ts";
import { useEverything } from "../../__fixtures__/use-everything.ts";
import { migrate, pendingMigrations } from "../migrate.ts";
import { formerTables } from "./former-names.ts";

const jobless = { jobs: () => ({ enqueue: () => okAsync(undefined) }) };

describe.each(migratingEngines)("the prefix of the tables on $engine", ({ engine, steps, empty, everything }) => {
  const tables = engine === "sqlite" ? [...formerTables, "job"] : formerTables;

  const contentOf = async (db: Kysely<Database>, prefix: string): Promise<Record<string, unknown[]>> => {
    const content: Record<string, unknown[]> = {};
    for (const table of tables) content[table] = await rowsOf(db, `select * from ${prefix}${table} order by 1, 2`);
    return content;
  };

  describe.each(["0001-tables-sqlite-job", "0002-face-deliveries", "0003-late-results"])("after %s", (lastStep) => {
    const last = engine === "sqlite" ? lastStep : lastStep.replace("-sqlite-job", "");

    async function former(): Promise<Kysely<Database>> {
      const db = await empty();
      await run(db, ...formerStatements(engine, last));
      return db;
    }

    it("is given to a database that has none yet, with every row", async () => {
      const db = await former();
      const before = await contentOf(db, "");
      expect(Object.values(before).map((rows) => rows.length)).toStrictEqual(
        [12, 4, 9, 27, 6, last > "0002" ? 4 : 3, 5, 2, 4].slice(0, tables.length),
      );
      // Later steps change rows.
      const untilNow = Object.fromEntries(Object.entries(steps).filter(([name]) => name < "0005"));
      const pending = Object.keys(untilNow)
        .toSorted()
        .filter((name) => name > last);
      expect(await pendingMigrations(db, untilNow)).toStrictEqual(ok(pending));
      expect(await migrate(db, untilNow)).toStrictEqual(ok(pending));
      expect(await contentOf(db, "likeness_")).toStrictEqual(before);
    });

    it("leaves the same tables, indexes and constraints as a new database has", async () => {
      const [old, fresh] = [await former(), await empty()];
      for (const db of [old, fresh]) await valueOf(migrate(db, steps));
      // The name of a primary key means nothing to SQLite, and cannot be changed.
      const text = (rows: unknown[]) =>
        JSON.stringify(rows, null, 1).replaceAll(/(likeness_)?training_photo_once/g, "once");
      expect(text(await rowsOf(old, everything))).toBe(text(await rowsOf(fresh, everything)));
    });

    it("leaves a database whose later step fails as it was", async () => {
      const db = await former();
      const before = { content: await contentOf(db, ""), everything: await rowsOf(db, everything) };
      const fail = async () => {
        throw new Error("power cut");
      };
      expect((await migrate(db, { ...steps, "9999-breaking": { up: fail } })).isErr()).toBe(true);
      expect({ content: await contentOf(db, ""), everything: await rowsOf(db, everything) }).toStrictEqual(before);
    });
  });

  it("frees the former names, for tables of a host and their indexes", async () => {
    const db = await empty();
    await run(db, ...formerStatements(engine, "0003-late-results"));
    await valueOf(migrate(db, steps));
    for (const table of tables)
      await run(db, `create table ${table} (id text, constraint ${table}_pkey primary key (id))`);
    await run(db, "create index avatar_main on avatar (id)", "create index training_photo_once on training_photo (id)");
    expect(await migrate(db, steps)).toStrictEqual(ok([]));
  });

  it("keeps the rules and the triggers of a database that has rows already", async () => {
    const db = await empty();
    const insert = "begin insert into ended values (new.id); end";
    await run(db, ...formerStatements(engine, "0003-late-results"), "create table ended (id text)");
    if (engine === "sqlite") await run(db, `create trigger note after insert on avatar ${insert}`);
    else
      await run(
        db,
        `create function note() returns trigger language plpgsql as $$ begin insert into ended values (new.id); return null; end $$`,
        "create trigger note after insert on avatar for each row execute function note()",
      );
    await valueOf(migrate(db, steps));
    const store = kyselyStore(db, jobless);
    const [avatar] = await valueOf(store.avatars.listByOwner("telegram:0"));
    const [training] = await valueOf(store.orders.listByAvatar(avatar?.id ?? ""));
    const again = aTraining("failed", { avatarId: avatar?.id, idempotencyKey: training?.idempotencyKey });
    expect(await store.orders.save(again)).toStrictEqual(err({ type: "already-exists", rule: "order-key" }));
    const main = anAvatar({ ownerId: "telegram:1", main: true });
    expect(await store.avatars.save(main)).toStrictEqual(err({ type: "already-exists", rule: "avatar-main" }));
    const other = await valueOf(store.avatars.save(anAvatar()));
    expect(await rowsOf(db, "select id from ended")).toStrictEqual([{ id: other.id }]);
    await valueOf(store.avatars.delete(avatar?.id ?? ""));
    expect(await valueOf(store.orders.listByAvatar(avatar?.id ?? ""))).toStrictEqual([]);
    await useEverything(store);
  });

  it("keeps our tables apart from a host's, whatever they are called", async () => {
    const db = await empty();
    const theirs = [...formerTables, "job", "kysely_migration", "kysely_migration_lock"];
    for (const table of theirs)
      await run(db, `create table ${table} (id text, name text)`, `insert into ${table} values ('1', 'theirs')`);
    for (const index of ["avatar_main", "photo_number", "job_due"])
      await run(db, `create index ${index} on photo (name)`);
    const ofHost = async () =>
      (await rowsOf(db, everything)).filter((row) => !JSON.stringify(row).includes("likeness_"));
    const before = await ofHost();

    expect(await migrate(db, steps)).toStrictEqual(ok(Object.keys(steps).toSorted()));
    await useEverything(kyselyStore(db, jobless));
    expect(await migrate(db, steps)).toStrictEqual(ok([]));
    expect(await ofHost()).toStrictEqual(before);
    for (const table of theirs)
      expect(await rowsOf(db, `select * from ${table}`)).toStrictEqual([{ id: "1", name: "theirs" }]);
  });

  it("is in every name that a new database is given", async () => {
    const db = await empty();
    await valueOf(migrate(db, steps));
    const names =
      engine === "sqlite"
        ? "select name from sqlite_schema where name not like 'sqlite!_%' escape '!'"
        : "select relname as name from pg_class where relnamespace = current_schema()::regnamespace";
    const named = (await rowsOf(db, names)).map((row) => JSON.stringify(row));
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((name) => !name.startsWith('{"name":"likeness_'))).toStrictEqual([]);
  });
});
