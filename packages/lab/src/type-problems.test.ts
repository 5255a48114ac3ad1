import { expect, it } from "vitest";
import { typeProblems } from "./type-problems.ts";

it("names values that do not have their types, and no others", () => {
  const imports = `import type { Opts } from "@grammyjs/types";`;
  const photo = (value: object) => ({ type: `Opts<string>["sendPhoto"]`, value });
  const problems = typeProblems(imports, [
    photo({ chat_id: 1, photo: "a" }),
    photo({ chat_id: 1 }),
    photo({ chat_id: 1, photo: "a", colour: "red" }),
    photo({ chat_id: 1, photo: "a", caption: 7 }),
  ]);
  expect(problems).toHaveLength(3);
  expect(problems[0]).toMatch(/^const sent1: .*'photo' is missing/);
  expect(problems[1]).toMatch(/^const sent2: .*colour.* does not exist/);
  expect(problems[2]).toMatch(/^const sent3: .*'number' is not assignable/);
});
