import { aConsent, anOwner, valueOf } from "@likeness/testing";
import { ok, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { formerStatements } from "../../__fixtures__/former-tables/former-statements.ts";
import { migratingEngines, rowsOf, run } from "../../__fixtures__/migrating-engines.ts";
import { kyselyStore } from "../../store/kysely-store.ts";
import { migrate } from "../migrate.ts";

const step = "0012-owners";

describe.each(migratingEngines)(`${step} on $engine`, ({ engine, steps, empty }) => {
  it("adds people and consents to a database with avatars, whose owners have neither yet", async () => {
    const db = await empty();
    await run(db, ...formerStatements(engine, "0003-late-results"));
    const before = Object.fromEntries(Object.entries(steps).filter(([name]) => name < step));
    await valueOf(migrate(db, before));
    const avatars = await rowsOf(db, "select * from likeness_avatar order by id");
    expect(avatars).not.toStrictEqual([]);
    const until = Object.fromEntries(Object.entries(steps).filter(([name]) => name <= step));
    expect(await migrate(db, until)).toStrictEqual(ok([step]));
    expect(await rowsOf(db, "select * from likeness_avatar order by id")).toStrictEqual(avatars);
    expect(await rowsOf(db, "select id from likeness_owner")).toStrictEqual([]);
    expect(await rowsOf(db, "select id from likeness_consent")).toStrictEqual([]);

    await valueOf(migrate(db, steps));
    const { owners, consents } = kyselyStore(db, { jobs: () => ({ enqueue: () => okAsync(undefined) }) });
    const [owner, consent] = [anOwner({ id: "telegram:new" }), aConsent({ ownerId: "telegram:0" })];
    expect(await owners.save(owner)).toStrictEqual(ok({ ...owner, version: 1 }));
    expect(await consents.insert(consent)).toStrictEqual(ok("new"));
    expect(await consents.insert({ ...consent, id: "another" })).toStrictEqual(ok("known"));
  });
});
