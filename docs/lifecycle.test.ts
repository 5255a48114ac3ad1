import { readFileSync } from "node:fs";
import { avatarLifecycle, orderLifecycle } from "@likeness/core";
import { expect, it } from "vitest";
import { lifecycleDiagram } from "./lifecycle-diagram.ts";

const page = readFileSync(new URL("lifecycle.md", import.meta.url), "utf8");

it("prints a table as Mermaid", () => {
  const table = { closed: { open: "opened" }, opened: { close: "closed", break: "broken" }, broken: {} };
  expect(lifecycleDiagram(table)).toBe(
    [
      "stateDiagram-v2",
      "  [*] --> closed",
      "  closed --> opened: open",
      "  opened --> closed: close",
      "  opened --> broken: break",
      "  broken --> [*]",
    ].join("\n"),
  );
});

it.each([
  ["avatarLifecycle", avatarLifecycle],
  ["orderLifecycle", orderLifecycle],
])("docs/lifecycle.md shows %s as it is in the code", (name, table) => {
  const diagram = "```mermaid\n" + lifecycleDiagram(table) + "\n```";
  expect(page).toContain(`<!-- printed from ${name} -->\n\n${diagram}`);
});
