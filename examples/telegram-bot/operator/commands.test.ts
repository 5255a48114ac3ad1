import { expect, it } from "vitest";
import {
  ada,
  done,
  misused,
  openDatabase,
  operatorCommand,
  operatorProgram,
  refused,
  sqlite,
} from "../__fixtures__/operator.ts";
import { commands, type CommandName } from "./commands.ts";

type End = ReturnType<typeof done | typeof misused | typeof refused>;

/** What each program is given, and how it ends. */
const calls = {
  account: [
    ["trust", "an-account"],
    done(expect.stringMatching(/^Webhooks of fal are taken for an-account, named by an operator/)),
  ],
  adopt: [[], done("There are no late results.\n")],
  backup: [[], misused("usage: npm run backup -- <folder>\n")],
  restore: [[], misused(expect.stringMatching(/^usage: npm run restore -- <folder>/))],
  copy: [[], done("All models are copied.\n")],
  credits: [["show", ada], done(`${ada} has 0 credits\n`)],
  move: [[], misused("usage: npm run move -- postgres://<user>@<host>/<database>\n")],
  "paid-work": [["off"], done(expect.stringMatching(/^Paid work is off: /))],
  receipt: [[], misused("usage: npm run receipt -- <id of the receipt>\n")],
  refund: [["unknown"], refused(expect.stringMatching(/^There is no payment unknown\./))],
} as const satisfies Record<CommandName, readonly [readonly string[], End]>;

it.each(Object.entries(calls))(
  "npm run %s: prints what the command of that name answers, and ends with its exit code",
  { timeout: 120_000 },
  async (name, [parameters, end]) => {
    const url = await sqlite();
    await openDatabase(url);
    expect(await operatorProgram(name as CommandName)(url, parameters)).toStrictEqual(end);
  },
);

it.each(Object.entries(commands))(
  "npm run %s: explains itself, and takes no option for the name of something",
  async (name, { usage }) => {
    const run = operatorCommand(name as CommandName);
    const explained = usage.map((line) => `${line}\n`).join("");
    expect(await run("sqlite:/nowhere/at/all.db", ["--help"])).toStrictEqual(done(explained));
    for (const words of [["-h"], ["show", "--all"], ["--", "a"]])
      expect(await run("sqlite:/nowhere/at/all.db", words)).toStrictEqual(misused(explained));
  },
);
