import { stat, writeFile } from "node:fs/promises";
import Database from "better-sqlite3";
import { Client } from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
import { serverOf } from "@likeness/lab/reliability/engine-servers.ts";
import { done, noDatabase, openDatabase, operatorCommand, refused, sqlite } from "../__fixtures__/operator.ts";
import { commands, type CommandName } from "./commands.ts";
import { operatorProgram } from "./operator-program.ts";

const words = {
  account: [],
  adopt: [],
  copy: [],
  credits: ["show", "telegram:4242"],
  "paid-work": ["show"],
  receipt: ["a-receipt"],
  refund: [],
} satisfies { readonly [Name in CommandName]?: readonly string[] };

/** Those that bring their own database, and may be run before the bot. */
const others = ["backup", "move", "restore"];

const isOlder = "the database is of an older version: restart the bot first, which brings it up to date\n";

describe("a command beside a bot of an older version", { timeout: 120_000 }, () => {
  it("is refused, and changes no table", async () => {
    const url = await sqlite();
    await openDatabase(url);
    const database = new Database(url.slice("sqlite:".length));
    onTestFinished(() => void database.close());
    const taken = () => database.prepare("select name from likeness_migration order by name").pluck().all();
    database.exec("delete from likeness_migration where name = (select max(name) from likeness_migration)");
    const before = taken();
    for (const [name, parameters] of Object.entries(words))
      expect(await operatorCommand(name as CommandName)(url, parameters), name).toStrictEqual({
        ...refused(isOlder),
        exitCode: 3,
      });
    expect(await operatorProgram([], { DATABASE_URL: url })).toStrictEqual({
      output: "",
      errors: isOlder,
      exitCode: 3,
    });
    expect(taken()).toStrictEqual(before);
    expect([...Object.keys(words), ...others].toSorted()).toStrictEqual(Object.keys(commands).toSorted());
  });

  it("is refused on PostgreSQL, too, and makes no tables of jobs", async () => {
    const url = await (await serverOf("postgres")).database();
    expect(await operatorCommand("adopt")(url)).toStrictEqual(done("There are no late results.\n"));
    const client = new Client({ connectionString: url });
    await client.connect();
    onTestFinished(() => client.end());
    await client.query("drop schema pgboss cascade");
    await client.query("delete from likeness_migration where name = (select max(name) from likeness_migration)");
    expect(await operatorCommand("adopt")(url)).toStrictEqual({ ...refused(isOlder), exitCode: 3 });
    const { rows } = await client.query("select 1 from pg_namespace where nspname = 'pgboss'");
    expect(rows).toStrictEqual([]);
  });

  it("is refused where there is only an empty file, which stays empty", async () => {
    const url = await sqlite();
    const file = url.slice("sqlite:".length);
    await writeFile(file, "");
    expect(await operatorCommand("adopt")(url)).toStrictEqual(refused(noDatabase(url)));
    expect((await stat(file)).size).toBe(0);
  });
});
