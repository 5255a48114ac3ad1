import { testDatabases } from "@likeness/test-postgres/test-databases.ts";
import { aTraining, valueOf } from "@likeness/testing";
import { kyselyCredits } from "@likeness/kysely";
import { describe, expect, it } from "vitest";
import {
  ada,
  done,
  misused,
  noDatabase,
  openDatabase,
  operatorCommand,
  refused,
  sqlite,
} from "./__fixtures__/operator.ts";

const credits = operatorCommand("credits");
const newDatabase = testDatabases();
const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;

describe("npm run credits", { timeout: 400_000 }, () => {
  it.each([
    ["SQLite", sqlite],
    ["PostgreSQL", newDatabase],
  ])("gives, takes and shows what an owner has, on %s", async (_name, newUrl) => {
    const url = await newUrl();
    const { db } = await openDatabase(url);
    expect(await credits(url, ["show", ada])).toStrictEqual(done(`${ada} has 0 credits\n`));
    expect(await credits(url, ["give", ada, "120", "promo"])).toStrictEqual(done(`Booked: ${ada} has 120 credits.\n`));
    const ledger = kyselyCredits(db, { prices: { training: 100, image: 10, upscale: 5 } });
    await valueOf(ledger.reserve(aTraining("requested", { ownerId: ada })));
    expect(await credits(url, ["give", ada, "-30", "correction"])).toStrictEqual(
      refused(`Not booked: ${ada} has 120 credits, 100 of them held, and no more can be taken than is free.\n`),
    );
    const taken = ["give", ada, "-20", "correction", "ticket-7"];
    expect(await credits(url, taken)).toStrictEqual(done(`Booked: ${ada} has 100 credits, 100 of them held.\n`));
    expect(await credits(url, taken)).toStrictEqual(
      done(`Nothing was booked: ticket-7 was booked before, 20 taken from ${ada}.\n`),
    );
    const { exitCode, output } = await credits(url, ["show", ada]);
    expect(exitCode).toBe(0);
    expect(output).toMatch(
      new RegExp(
        `^${ada} has 100 credits, 100 of them held\n2  ${time}  adjust \\(correction\\)  -20  ticket-7\n1  ${time}  adjust \\(promo\\)  \\+120  operator:[0-9a-f-]{36}\n$`,
      ),
    );
  });

  it("explains itself without a database", async () => {
    for (const parameters of [[], ["--help"], ["help"]]) {
      const { exitCode, output } = await credits("sqlite:/nowhere/at/all.db", parameters);
      expect(exitCode).toBe(0);
      expect(output).toContain("npm run credits -- give <owner> <amount> <reason> [reference]\n");
    }
  });

  const amount = "the amount must be a whole number, 1 to 1000000000, with a minus to take it\n";
  const reason = "the reason must be one of promo, gift, correction\n";
  const owner = "the owner must be a channel and an id, e.g. telegram:42\n";
  it.each([
    [["show"], owner],
    [["show", "42"], owner],
    [["show", ada, ada], "show takes one owner\n"],
    [["give", "ada", "5", "gift"], owner],
    [["give", ada, "5", "whim"], reason],
    [["give", ada, "half", "gift"], amount],
    [["give", ada, "0", "gift"], amount],
    [["give", ada, "1.5", "gift"], amount],
    [["give", ada, "1000000001", "gift"], amount],
    [["give", ada], amount + reason],
    [["give", ada, "5", "gift", "x".repeat(201)], "the reference must have 1 to 200 characters\n"],
    [["give", ada, "5", "gift", "a", "b"], "give takes an owner, an amount, a reason and a reference\n"],
  ])("refuses %j before it opens a database", async (parameters, problems) => {
    expect(await credits("sqlite:/nowhere/at/all.db", parameters)).toStrictEqual(misused(problems));
  });

  it("says which commands there are when it is given another one", async () => {
    const { exitCode, errors } = await credits(await sqlite(), ["steal", ada]);
    expect(exitCode).toBe(2);
    expect(errors).toMatch(/^there is no command steal\nnpm run credits -- show <owner>\n/);
  });

  it("creates no database where there is none", async () => {
    const url = await sqlite();
    expect(await credits(url, ["show", ada])).toStrictEqual(refused(noDatabase(url)));
  });
});
