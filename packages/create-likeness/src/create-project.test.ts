import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { err, ok } from "neverthrow";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { createProject, nextSteps } from "./create-project.ts";

const enter = "\r";
const down = "\u001B[B";
const ctrlC = "\u0003";
const escape = "\u001B";

const questions = {
  folder: "Which folder?",
  provider: "Who trains and draws?",
  database: "Where do avatars and orders live?",
  people: "Who may use the bot?",
};

/** A terminal at which somebody types these keys when the question comes. */
function typing(keys: Partial<Record<keyof typeof questions, readonly string[]>>) {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 100, rows: 40 });
  const said = { text: "" };
  const left = new Map(Object.entries(keys));
  output.on("data", (chunk: Buffer) => {
    said.text += chunk.toString();
    for (const [name, answer] of left) {
      if (!said.text.includes(questions[name as keyof typeof questions])) continue;
      left.delete(name);
      void press(answer);
    }
  });
  const press = async (answer: readonly string[]): Promise<void> => {
    for (const key of answer) {
      await turn();
      input.write(key);
    }
  };
  return { terminal: { input, output }, said };
}

describe("createProject", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "create-likeness-"));
    onTestFinished(() => rm(folder, { recursive: true }));
  });
  const dependencies = async (name: string) =>
    Object.keys(JSON.parse(await readFile(join(folder, name, "package.json"), "utf8")).dependencies);

  it("asks what is not given, and writes what was chosen", async () => {
    const { terminal } = typing({ provider: [enter], database: [down, enter], people: [enter] });
    const target = join(folder, "bot");
    expect(await createProject({ folder: target, answers: {}, yes: false, terminal })).toStrictEqual(ok(target));
    expect(await dependencies("bot")).toStrictEqual(expect.arrayContaining(["@likeness/fal", "@likeness/pg-boss"]));
    expect(await readdir(target)).toStrictEqual(expect.arrayContaining([".gitignore", ".env.example", "bot.test.ts"]));
  });

  it("asks for the folder, again after one that cannot be used", async () => {
    const target = join(folder, "bot");
    const { terminal, said } = typing({
      folder: [join(folder, "Bot"), enter, "\u0015", target, enter],
      provider: [enter],
      database: [enter],
      people: [enter],
    });
    expect(await createProject({ answers: {}, yes: false, terminal })).toStrictEqual(ok(target));
    expect(said.text).toContain("capital letters");
  });

  it.each([
    ["Ctrl-C", ctrlC],
    ["Escape", escape],
  ])("writes nothing when %s answers the last question", async (_name, key) => {
    const { terminal } = typing({ provider: [enter], database: [enter], people: [key] });
    const given = { folder: join(folder, "bot"), answers: {}, yes: false, terminal };
    expect(await createProject(given)).toStrictEqual(err({ type: "cancelled" }));
    expect(await readdir(folder)).toStrictEqual([]);
  });

  it("does not wait for answers where there is nobody to ask", async () => {
    const given = { folder: join(folder, "bot"), answers: {}, yes: false };
    expect(await createProject(given)).toStrictEqual(err({ type: "nobody-to-ask" }));
    expect(await readdir(folder)).toStrictEqual([]);
    expect(await createProject({ ...given, yes: true })).toStrictEqual(ok(given.folder));
    expect(await dependencies("bot")).toStrictEqual(expect.arrayContaining(["@likeness/fal", "better-sqlite3"]));
  });

  it("refuses a name before it asks anything", async () => {
    const { terminal, said } = typing({});
    const refused = await createProject({ folder: join(folder, "Bot"), answers: {}, yes: false, terminal });
    expect(refused._unsafeUnwrapErr().type).toBe("name-refused");
    expect(said.text).toBe("");
  });
});

it.each([
  ["bot", "  cd bot\n"],
  ["/home/ada/bot", "  cd bot\n"],
  ["../my bots/bot", '  cd "../my bots/bot"\n'],
])("says how to go on in %s", (folder, step) => {
  expect(nextSteps(folder, "/home/ada")).toContain(step);
  expect(nextSteps(".", "/home/ada")).not.toContain("cd");
});
