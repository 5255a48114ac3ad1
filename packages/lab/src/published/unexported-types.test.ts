import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { root } from "../repository.ts";
import { unexportedTypes } from "./unexported-types.ts";

/** Of an order's state, of events and alarms, of what pictures are ordered by, how large they are, of errors; and what Node's request is. */
const pieces = [
  "Ended",
  "Ended_2",
  "FromScene",
  "FromWords",
  "GenerateRequest",
  "Stopped",
  "Counted",
  "OpenError",
  "UnreadRequest",
  "Taken",
  "Size",
];

/** By which a single function says what it needs. */
const needs = [
  "ChangePorts",
  "MovePorts",
  "ErasePorts",
  "ReceivePorts",
  "StopPorts",
  "SubmitPhotoPorts",
  "EraseSilentOwner",
];

/** By which a type is written down. */
const helpers = ["Optional", "Some", "Tagged", "Planner", "Write"];

/** A host writes the whole, and has no use for the name of a part. */
const parts = [...pieces, ...needs, ...helpers];

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
