import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLikeness, operatorActions } from "@likeness/core";
import { anAcceptedPhoto, storeStandingAlarm, testPorts, valueOf } from "@likeness/testing";
import { err } from "neverthrow";
import { describe, expect, it, onTestFinished } from "vitest";
import { hostile, troubled } from "../__fixtures__/troubled.ts";
import { commands, type OperatorCommandName } from "./commands.ts";
import { operatorCommand, type OperatorCommandOptions } from "./operator-command.ts";

const calls =
  (operator: OperatorCommandOptions["operator"], more: Partial<OperatorCommandOptions> = {}) =>
  (...words: string[]) =>
    operatorCommand({ operator, arguments: words, name: "olga", ...more });

const calm = () => calls(createLikeness(testPorts().ports).operator);

const acted = async ({ likeness }: Awaited<ReturnType<typeof troubled>>) => {
  const { items } = await valueOf(likeness.operator.actions());
  return items.map(({ operator, action, outcome }) => `${operator} ${action} ${outcome}`);
};

/** What a terminal obeys or hides. */
const unsafe = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u;

describe("the operator's command line", () => {
  it("says that all is well, and ends with 0", async () => {
    const { output, errors, exitCode } = await calm()();
    expect([errors, exitCode]).toStrictEqual(["", 0]);
    expect(output).toMatch(/^All is well, at \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ\.\n$/);
  });

  it("says which alarm stands and since when, and ends with 1", async () => {
    const { ports } = testPorts();
    await storeStandingAlarm(ports.store);
    const { output, exitCode } = await calls(createLikeness(ports).operator)();
    expect([output, exitCode]).toStrictEqual([
      "Somebody is needed, at 2026-11-23 06:00:00Z.\n\nAlarms\n\nThe provider refuses our account (fal submit: HTTP 401). Look at its key and balance. Since 2026-11-23 06:00:00Z.\n",
      1,
    ]);
  });

  it("shows what needs a person with what to do, and ends with 1", async () => {
    const { likeness, late, unknown } = await troubled();
    const { output, exitCode } = await calls(likeness.operator, { program: "npm run operator --" })();
    expect(exitCode).toBe(1);
    expect(output).toMatch(/^Somebody is needed, at /);
    expect(output.split("\n").filter((line) => line.startsWith(unknown))).toHaveLength(1);
    expect(output).toContain(`  npm run operator -- adopt ${late}\n  npm run operator -- dismiss order ${late}\n`);
    expect(output).toMatch(/^order +training +unknown +1 +0 +1 +0 +0 +1 h$/m);
  });

  it("prints the answer of likeness.operator as JSON", async () => {
    const { likeness, late } = await troubled();
    const { output, exitCode } = await calls(likeness.operator)("--json");
    expect([JSON.parse(output), exitCode]).toStrictEqual([await valueOf(likeness.operator.inspect()), 1]);
    const story = await calls(likeness.operator)("order", late, "--json");
    expect([JSON.parse(story.output), story.exitCode]).toStrictEqual([
      await valueOf(likeness.operator.order({ orderId: late })),
      0,
    ]);
  });

  it("never prints what a terminal obeys, as tables and as JSON", async () => {
    const { likeness, late } = await troubled();
    const call = calls(likeness.operator);
    const answers = [call(), call("--json"), call("order", late), call("order", late, "--json"), call(hostile)];
    for (const { output, errors } of await Promise.all(answers)) expect(output + errors).not.toMatch(unsafe);
    const { output } = await call("list", "deliveries", "--json");
    expect(JSON.parse(output)).toMatchObject({ items: [{ requestId: hostile }] });
    expect((await call("list", "deliveries")).output).toContain("\\u001b[2J\\u001b]0;owned\\u0007<script>");
  });

  it("goes on in a list where it ended, by the line that it printed", async () => {
    const { likeness, fakes } = await troubled();
    const { store } = fakes.ports;
    const [known] = (await valueOf(likeness.operator.list({ need: "messages" }))).items;
    const message = await valueOf(store.outbox.find(known?.id ?? ""));
    if (!message) throw new Error("the message is gone");
    await valueOf(store.outbox.insert({ ...message, id: "another", dedupeKey: "another" }));
    const call = calls(likeness.operator);
    const { output, exitCode } = await call("list", "messages", "--limit", "1");
    const [, after = ""] = /operator list messages --after '(.+)'/.exec(output) ?? [];
    expect([after.length > 0, exitCode]).toStrictEqual([true, 1]);
    const rest = await call("list", "messages", "--after", after);
    const shown = (text: string) => ["another", known?.id ?? ""].filter((id) => text.includes(`${id} `));
    const both = [...shown(output), ...shown(rest.output)];
    expect([both.length, new Set(both)]).toStrictEqual([2, new Set(["another", known?.id])]);
    expect(await call("list", "messages", "--after", "rubbish")).toStrictEqual({
      output: "",
      errors: "No list goes on there. Take what the list before gave.\n",
      exitCode: 2,
    });
  });

  it("acts in the name of who is named, else of the account, and leaves an entry each time", async () => {
    const stage = await troubled();
    const call = calls(stage.likeness.operator);
    const done = { output: "The bot sends it now.\n", errors: "", exitCode: 0 };
    expect(await call("send-again", stage.message, "--operator", "omar")).toStrictEqual(done);
    expect(await call("dismiss", "delivery", stage.delivery, "--yes")).toMatchObject({ exitCode: 0 });
    expect(await call("adopt", stage.uncopied, "--yes")).toMatchObject({ exitCode: 1 });
    expect(await acted(stage)).toStrictEqual([
      "olga adopt no-late-result",
      "olga dismiss dismissed",
      "omar send-again queued",
    ]);
    const { output } = await call("actions");
    expect(output).toMatch(/omar +send-again +message +\S+ +queued$/m);
  });

  it("does what cannot be taken back only with --yes", async () => {
    const stage = await troubled();
    const call = calls(stage.likeness.operator);
    expect(await call("erase-owner", "owner:1")).toStrictEqual({
      output: "",
      errors: "Everything about this owner is erased, for ever. To do it, call it again with --yes\n",
      exitCode: 2,
    });
    expect(await acted(stage)).toStrictEqual([]);
    const { output, exitCode } = await call("erase-owner", "owner:1", "--yes", "--json");
    expect([JSON.parse(output), exitCode]).toMatchObject([{ type: "under-way" }, 0]);
    expect(await valueOf(stage.fakes.ports.store.orders.find(stage.late))).toBeUndefined();
  });

  it("needs a name for an act, and none for a question", async () => {
    const { likeness, message } = await troubled();
    const call = calls(likeness.operator, { name: undefined });
    expect(await call("send-again", message)).toStrictEqual({
      output: "",
      errors: "say who acts, with --operator NAME: each act is stored with a name\n",
      exitCode: 2,
    });
    expect((await call("actions")).exitCode).toBe(0);
    expect((await call("send-again", message, "--operator", "\u0007")).exitCode).toBe(2);
  });

  it.each([
    [["nothing"], 'there is no command "nothing"; --help lists all'],
    [["toString"], 'there is no command "toString"; --help lists all'],
    [["list"], "list takes <list>"],
    [
      ["list", "all"],
      'there is no list "all", only unknown, late, uncopied, deliveries, messages, jobs, holds, payments',
    ],
    [["order", "one", "two"], "order takes <order id>"],
    [["order", " "], "order takes no empty words"],
    [["inspect", "now"], 'inspect takes no "now"'],
    [["inspect", "--limit", "0"], "--limit takes a number from 1 to 100"],
    [["order", "one", "--after", "two"], "order takes no --after; order --help tells what it takes"],
    [["dismiss", "payment", "one", "--yes"], "dismiss takes order, delivery, message, job before the id"],
    [["order", "a".repeat(3_000)], "an argument has more than 2000 characters"],
    [["--rubbish"], "Unknown option '--rubbish'"],
    [["inspect", "--limit"], "Option '--limit <value>' argument missing"],
    [["statistics", "--from", "2026-02-30"], "These are no days to tell about: a day is written like 2026-11-30."],
    [["open-photo", "one"], "name the file to write with --file FILE"],
  ])("says in one line what is wrong with %j, and ends with 2", async (words, says) => {
    expect(await calm()(...words)).toStrictEqual({ output: "", errors: `${says}\n`, exitCode: 2 });
  });

  it("says also as JSON what is wrong", async () => {
    const { output, errors, exitCode } = await calm()("order", "none", "--json");
    const says = "There is no such order. It may have been erased with its avatar.";
    expect([JSON.parse(output), errors, exitCode]).toStrictEqual([
      { error: { type: "order-not-found", says } },
      `${says}\n`,
      1,
    ]);
  });

  it("ends with 3 if the deployment cannot be asked", async () => {
    const fakes = testPorts();
    const withoutPart = createLikeness({ ...fakes.ports, store: { ...fakes.ports.store, operator: undefined } });
    expect(await calls(withoutPart.operator)()).toStrictEqual({
      output: "",
      errors: "This deployment cannot tell: the store has no part for operators.\n",
      exitCode: 3,
    });
    const closed = calls(async () => err("DATABASE_URL is missing"));
    expect(await closed()).toStrictEqual({ output: "", errors: "DATABASE_URL is missing\n", exitCode: 3 });
    for (const words of [
      ["--rubbish"],
      ["list", "lat"],
      ["cancel", "one"],
      ["open-photo", "one"],
      ["dismiss", "all", "one"],
    ])
      expect((await closed(...words)).exitCode).toBe(2);
    expect((await closed("--help")).exitCode).toBe(0);
  });

  it("explains each command, and has one for every action that is about a row", async () => {
    const { output, exitCode } = await calm()("--help");
    const names = Object.keys(commands) as OperatorCommandName[];
    expect(names).toStrictEqual(
      expect.arrayContaining(operatorActions.filter((name) => !/^paid-|^adjust-|-account$|^end-/.test(name))),
    );
    for (const name of names) {
      expect(output).toMatch(new RegExp(`^${name}( |$)`, "m"));
      const one = await calm()(name, "--help");
      expect([one.exitCode, one.output.split(":")[1]?.split("\n")[0]]).toStrictEqual([
        0,
        ` ${commands[name].says.split(":")[0]}`,
      ]);
    }
    expect(exitCode).toBe(0);
    expect(await calm()("help")).toStrictEqual(await calm()("--help"));
  });

  it("makes a paragraph of each row where a table does not fit, and cuts no id", async () => {
    const { likeness, late } = await troubled();
    const { output } = await calls(likeness.operator, { columns: 50, colours: true })("list", "late");
    expect(output).toContain("\u001B[1mLate results\u001B[22m\n");
    expect(output).toContain(`order   ${late}\nkind    training balanced\n`);
  });
});

describe("the opening of a photo", () => {
  const newFolder = async () => {
    const folder = await mkdtemp(join(tmpdir(), "operator-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    return folder;
  };

  it("writes a new file for this account alone, and leaves an entry", async () => {
    const stage = await troubled();
    const { blobs, ports } = stage.fakes;
    const blobKey = await valueOf(blobs.put(new Uint8Array([255, 216, 255, 217])));
    const photo = anAcceptedPhoto();
    const state = { ...photo.state, blobKey } as typeof photo.state;
    const { avatarId } = await valueOf(ports.store.orders.find(stage.late)).then((late) => late ?? photo);
    const { id } = await valueOf(ports.store.photos.save({ ...photo, avatarId, state }));
    const folder = await newFolder();
    const file = join(folder, "photo.jpg");
    const { output, exitCode } = await calls(stage.likeness.operator, { folder })(
      "open-photo",
      id,
      "--file",
      "photo.jpg",
    );
    expect([output, exitCode]).toStrictEqual([`Written to ${file}: image/jpeg, 400000 bytes.\n`, 0]);
    expect([...(await readFile(file))]).toStrictEqual([255, 216, 255, 217]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await acted(stage)).toStrictEqual(["olga open-photo opened"]);
  });

  it("is not noted where the file cannot be written, and leaves no file where there is no photo", async () => {
    const stage = await troubled();
    const folder = await newFolder();
    const file = join(folder, "photo.jpg");
    await writeFile(file, "mine");
    const call = calls(stage.likeness.operator);
    const { errors, exitCode } = await call("open-photo", "one", "--file", file);
    expect([errors, exitCode]).toStrictEqual([
      `${file} cannot be written: there is such a file, and it is not overwritten\n`,
      2,
    ]);
    expect(await readFile(file, "utf8")).toBe("mine");
    expect(await acted(stage)).toStrictEqual([]);
    const other = join(folder, "other.jpg");
    expect((await call("open-photo", "one", "--file", other)).exitCode).toBe(1);
    await expect(stat(other)).rejects.toThrow("ENOENT");
  });
});
