import { expect, it } from "vitest";
import { problemOfName } from "./check-name.ts";

it.each(["my-bot", "bot", "2bots", "a.b_c-d", "x".repeat(214)])("takes %s", (name) => {
  expect(problemOfName(name, ["grammy"])).toBeUndefined();
});

it.each([
  ["My-Bot", "it has capital letters, which npm does not take"],
  [".bot", "it begins with a dot, an underscore or a hyphen"],
  ["-bot", "it begins with a dot, an underscore or a hyphen"],
  ["_bot", "it begins with a dot, an underscore or a hyphen"],
  ["my bot", "it may have only the letters a to z, digits, hyphens, underscores and dots"],
  ["бот", "it may have only the letters a to z, digits, hyphens, underscores and dots"],
  ["", "it is empty"],
  ["node_modules", "it is a name that npm keeps for itself"],
  ["x".repeat(215), "it is longer than 214 characters"],
  ["grammy", "a package that it may install has this name"],
])("refuses %j, and says why", (name, reason) => {
  expect(problemOfName(name, ["grammy"])).toBe(`"${name}" cannot be the name of the project: ${reason}.`);
});
