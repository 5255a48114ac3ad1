import { readFileSync } from "node:fs";
import { avatarLifecycle, lifecycleDiagram, trainingLifecycle } from "@likeness/core";
import { expect, it } from "vitest";

const page = readFileSync(new URL("lifecycle.md", import.meta.url), "utf8");

it.each([
  ["avatarLifecycle", avatarLifecycle],
  ["trainingLifecycle", trainingLifecycle],
])("docs/lifecycle.md shows %s as it is in the code", (name, table) => {
  const diagram = "```mermaid\n" + lifecycleDiagram(table) + "\n```";
  expect(page).toContain(`<!-- printed from ${name} -->\n\n${diagram}`);
});
