import { valueOf } from "@likeness/testing";
import { testDatabases } from "@likeness/test-postgres/test-databases.ts";
import { describe, expect, it } from "vitest";
import { misused, openDatabase, operatorCommand, sqlite } from "./__fixtures__/operator.ts";

const paidWork = operatorCommand("paid-work");
const newDatabase = testDatabases();

describe("npm run paid-work", { timeout: 400_000 }, () => {
  it.each([
    ["SQLite", sqlite],
    ["PostgreSQL", newDatabase],
  ])("switches what a running bot may order, on %s", async (_name, newUrl) => {
    const url = await newUrl();
    const { store } = await openDatabase(url);
    expect(await paidWork(url)).toMatchObject({
      exitCode: 0,
      output:
        "Paid work is on.\nswitch: on (never switched)\nPAID_WORK is on here.\nDAILY_SPEND_CAP is not set here, so nothing is counted.\n",
    });
    const off = await paidWork(url, ["off"]);
    expect([off.exitCode, off.output.split("\n")[0]]).toStrictEqual([
      0,
      "Paid work is off: nothing new is ordered, and what runs goes on.",
    ]);
    expect(await valueOf(store.guards.paidWork())).toMatchObject({ state: "off" });
    expect((await paidWork(url, ["show"])).output).toContain("switch: off (since 2");
    expect((await paidWork(url, ["on"])).output).toContain("Paid work is on.");
    expect(await valueOf(store.guards.paidWork())).toMatchObject({ state: "on" });
    expect(await paidWork(url, ["stop"])).toStrictEqual(misused("usage: npm run paid-work -- on|off|show\n"));
    expect(await paidWork(url, ["on", "off"])).toStrictEqual(misused("usage: npm run paid-work -- on|off|show\n"));
  });
});
