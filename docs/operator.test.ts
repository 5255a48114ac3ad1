import { readFileSync } from "node:fs";
import { alarmCauses } from "@likeness/core";
import { expect, it } from "vitest";

it("docs/operator.md has a row for every cause of an alarm, and for no other", () => {
  const page = readFileSync(new URL("operator.md", import.meta.url), "utf8");
  const [, section = ""] = /## Alarms\n(.*?)\n## /s.exec(page) ?? [];
  const rows = [...section.matchAll(/^\| `([a-z-]+)` +\| .{15}/gm)].map(([, cause]) => cause);
  expect(rows.toSorted()).toStrictEqual([...alarmCauses].toSorted());
});
