import { userInfo } from "node:os";
import { aModel, testStart, valueOf } from "@likeness/testing";
import { runProgram } from "@likeness/test-processes/run-program.ts";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { ada, openDatabase, operatorCommand, sqlite, noDatabase } from "./__fixtures__/operator.ts";
import { operatorProgram } from "./operator/operator-program.ts";

const lateState = {
  status: "failed",
  reason: "provider_timeout",
  finishedAt: testStart,
  lateOutcome: aModel({
    weights: { url: "https://files.example/weights", blobKey: "a".repeat(64) },
    config: undefined,
  }),
} as const;

/** A database with a late result, as the bot leaves it. */
async function troubledDatabase() {
  const url = await sqlite();
  const { trained, store } = await openDatabase(url);
  const { id } = await trained(lateState);
  const operator = (...words: string[]) => operatorProgram(words, { DATABASE_URL: url });
  const entries = async () => {
    const listed = await valueOf(store.operator?.audit.list({}, { limit: 100 }) ?? expect.unreachable());
    return listed.map(({ operator: name, action, subject, outcome }) => [name, action, subject.type, outcome]);
  };
  return { url, id, operator, entries, store };
}

describe("npm run operator", { timeout: 120_000 }, () => {
  it("shows what needs a person, with the database alone", async () => {
    const { operator, id } = await troubledDatabase();
    const { output, errors, exitCode } = await operator();
    expect([errors, exitCode]).toStrictEqual(["", 1]);
    expect(output).toContain(`npm run operator -- adopt ${id}\n`);
    expect(JSON.parse((await operator("list", "late", "--json")).output)).toMatchObject({
      items: [{ id, ownerId: ada }],
    });
    expect((await operator("order", id)).exitCode).toBe(0);
  });

  it("adopts in the name of who is named, once, and all is well then", async () => {
    const { operator, id, entries } = await troubledDatabase();
    expect((await operator("adopt", id)).exitCode).toBe(2);
    const adopt = () => operator("adopt", id, "--yes", "--operator", "olga");
    expect((await adopt()).output).toBe("The avatar is ready with this result, and its owner is told.\n");
    expect((await adopt()).output).toBe("It was adopted before. Nothing has changed.\n");
    expect(await entries()).toStrictEqual([
      ["olga", "adopt", "order", "adopted-before"],
      ["olga", "adopt", "order", "adopted"],
    ]);
    expect((await operator("list", "late")).exitCode).toBe(0);
  });

  it("asks the provider only with the bot's settings, and names those that are missing", async () => {
    const { operator, id, entries } = await troubledDatabase();
    const { errors, exitCode } = await operator("look", id);
    expect([errors.startsWith("TELEGRAM_BOT_TOKEN "), errors.trimEnd().includes("\n"), exitCode]).toStrictEqual([
      true,
      false,
      3,
    ]);
    expect(await entries()).toStrictEqual([]);
  });

  it("ends with 3 if there is no database, and creates none", async () => {
    const DATABASE_URL = await sqlite();
    for (const _ of [1, 2])
      expect(await operatorProgram([], { DATABASE_URL })).toStrictEqual({
        output: "",
        errors: noDatabase(DATABASE_URL),
        exitCode: 3,
      });
    expect(await operatorProgram(["rubbish"], {})).toMatchObject({ exitCode: 2 });
  });

  it("is a program that prints to a pipe without colours, and ends with the exit code", async () => {
    const { url, id } = await troubledDatabase();
    const program = fileURLToPath(new URL("operator.ts", import.meta.url));
    const { code, output, errors } = await runProgram(program, { env: { DATABASE_URL: url }, onTestFinished }).ended;
    expect([code, errors, output.includes(id), output.includes("\u001B")]).toStrictEqual([1, "", true, false]);
  });
});

describe("the commands for one thing", { timeout: 120_000 }, () => {
  it("leave an entry with the name that was passed, else with the account's", async () => {
    const { url, id, entries } = await troubledDatabase();
    await operatorCommand("adopt")(url, [id, "--operator", "olga"]);
    await operatorCommand("copy")(url, ["--operator=omar", id]);
    await operatorCommand("refund")(url, ["none"]);
    await operatorCommand("paid-work")(url, ["off"]);
    await operatorCommand("credits")(url, ["give", ada, "5", "gift", "a gift"]);
    await operatorCommand("paid-work")(url, ["show"]);
    const { username } = userInfo();
    expect((await entries()).toReversed()).toStrictEqual([
      ["olga", "adopt", "order", "adopted"],
      ["omar", "copy-again", "order", "stored"],
      [username, "refund", "payment", "payment-not-found"],
      [username, "paid-work-off", "deployment", "off"],
      [username, "adjust-credits", "entry", "new"],
    ]);
  });

  it("do nothing without a name", async () => {
    const { url, id, entries } = await troubledDatabase();
    expect(await operatorCommand("adopt")(url, [id, "--operator"])).toStrictEqual({
      exitCode: 2,
      output: "",
      errors: "--operator takes the name of who acts\n",
    });
    expect(await entries()).toStrictEqual([]);
  });
});
