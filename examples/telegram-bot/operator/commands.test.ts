import { expect, it } from "vitest";
import { ada, done, openDatabase, operatorProgram, refused, sqlite } from "../__fixtures__/operator.ts";
import type { CommandName } from "./commands.ts";

/** What each program is given, and how it ends. */
const calls = {
  account: [
    ["an-account"],
    done(expect.stringMatching(/^Webhooks of fal are taken for an-account, named by an operator/)),
  ],
  adopt: [[], done("There are no late results.\n")],
  backup: [[], refused("usage: npm run backup -- <folder>\n")],
  restore: [[], refused(expect.stringMatching(/^usage: npm run restore -- <folder>/))],
  copy: [[], done("All models are copied.\n")],
  credits: [["show", ada], done(`${ada} has 0 credits\n`)],
  "paid-work": [["off"], done(expect.stringMatching(/^Paid work is off: /))],
  receipt: [[], refused("usage: npm run receipt -- <id of the receipt>\n")],
  refund: [["unknown"], refused(expect.stringMatching(/^There is no payment unknown\./))],
} as const satisfies Record<CommandName, readonly [readonly string[], ReturnType<typeof done | typeof refused>]>;

it.each(Object.entries(calls))(
  "npm run %s: prints what the command of that name answers, and ends with its exit code",
  { timeout: 120_000 },
  async (name, [parameters, end]) => {
    const url = await sqlite();
    await openDatabase(url);
    expect(await operatorProgram(name as CommandName)(url, parameters)).toStrictEqual(end);
  },
);
