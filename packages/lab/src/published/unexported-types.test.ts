import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { root } from "../repository.ts";
import { unexportedTypes } from "./unexported-types.ts";

/** Parts of other types and of signatures, for which a host writes the whole: it has no use for their names. */
const parts = [
  // Of an order's state, of events, and of what pictures are ordered by.
  ...["Ended", "Ended_2", "FromScene", "FromWords", "GenerateRequest", "Stopped"],
  // Sets of ports, by which a single function says what it needs.
  ...["ChangePorts", "MovePorts", "ErasePorts", "ReceivePorts", "StopPorts", "SubmitPhotoPorts", "Optional", "Some"],
  // Errors that others have in their unions, functions that are passed on the spot, and what Node's request is.
  ...["OpenError", "Tagged", "Planner", "UnreadRequest", "Write", "EraseSilentOwner"],
];

it("are parts of others in the core: each type that a host would name is exported", () => {
  const reports = globSync("packages/core/api/*.api.md", { cwd: root }).toSorted();
  expect(reports.length).toBeGreaterThan(1);
  const found = unexportedTypes(reports.map((path) => readFileSync(`${root}/${path}`, "utf8")).join("\n\n"));
  expect(found.toSorted()).toStrictEqual(parts.toSorted());
});

it("are those that a report shows and does not export, by another name either", () => {
  const report = [
    "export interface Shown {\n}",
    "interface Hidden<Item> {\n}",
    "interface Notification_2 {\n}",
    "export { Notification_2 as Notification }",
    "const admitted: unique symbol;",
    "type Alias = Shown;",
  ].join("\n\n");
  expect(unexportedTypes(report)).toStrictEqual(["Hidden", "Alias"]);
});
