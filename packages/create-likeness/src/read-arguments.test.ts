import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { findChoice } from "./questions.ts";
import { readArguments, usage } from "./read-arguments.ts";

const create = { type: "create", folder: undefined, answers: {}, yes: false } as const;

describe("readArguments", () => {
  it.each([
    [[], create],
    [["bot"], { ...create, folder: "bot" }],
    [["--yes"], { ...create, yes: true }],
    [["-y", "bot"], { ...create, folder: "bot", yes: true }],
    [["--people", "everybody"], { ...create, answers: { people: findChoice("people", "everybody") } }],
    [["--provider=fal"], { ...create, answers: { provider: findChoice("provider", "fal") } }],
    [["--help", "--yes"], { type: "help" }],
    [["-v"], { type: "version" }],
  ] as const)("reads %j", (argv, read) => {
    expect(readArguments(argv, {})).toStrictEqual(ok(read));
  });

  it.each([
    [["a", "b"], "One folder is enough, not 2: a, b."],
    [["--provider", "openai"], '--provider is fal or replicate, not "openai".'],
    [["--database", ""], '--database is sqlite or postgres, not "".'],
    [["--nonsense"], expect.stringContaining("Unknown option '--nonsense'")],
    [["--people"], expect.stringContaining("argument missing")],
  ] as const)("refuses %j", (argv, detail) => {
    expect(readArguments(argv, {})).toStrictEqual(err({ type: "arguments-refused", detail }));
  });

  it("hears the --yes that npm keeps to itself", () => {
    expect(readArguments([], { npm_config_yes: "true" })).toStrictEqual(ok({ ...create, yes: true }));
    expect(readArguments([], { npm_config_yes: "" })).toStrictEqual(ok(create));
  });
});

it("the help names every option, in 100 columns", () => {
  for (const option of ["--provider fal|replicate", "--database sqlite|postgres", "--people listed|everybody", "--yes"])
    expect(usage).toContain(option);
  expect(usage.split("\n").filter((line) => line.length > 100)).toStrictEqual([]);
});
