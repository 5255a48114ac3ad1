/** All options; each command says which of them it takes, and `--json` and `--help` are taken by all. */
export const options = {
  after: { type: "string" },
  file: { type: "string" },
  from: { type: "string" },
  help: { type: "boolean", short: "h" },
  json: { type: "boolean" },
  limit: { type: "string" },
  operator: { type: "string" },
  to: { type: "string" },
  yes: { type: "boolean" },
} as const;

export type OptionName = keyof typeof options;

export type Options = {
  readonly [Name in OptionName]?: ((typeof options)[Name]["type"] extends "boolean" ? boolean : string) | undefined;
};

export const optionTexts: Readonly<Record<OptionName, readonly [call: string, says: string]>> = {
  after: ["--after CURSOR", "go on where the list before ended"],
  file: ["--file FILE", "where the bytes are written; an existing file is not overwritten"],
  from: ["--from DAY", "the first day in UTC, e.g. 2026-11-24; absent: six days before the last one"],
  help: ["--help", "this text"],
  json: ["--json", "JSON for programs, instead of tables"],
  limit: ["--limit NUMBER", "rows of a list, 1 to 100, usually 20"],
  operator: ["--operator NAME", "who acts; stored with the act; absent: the name of your account here"],
  to: ["--to DAY", "the last day in UTC; absent: today"],
  yes: ["--yes", "do it, although it cannot be taken back"],
};
