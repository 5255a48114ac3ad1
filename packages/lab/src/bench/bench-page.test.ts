import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { root } from "../repository.ts";
import { withBlock } from "./bench-page.ts";
import { benchParts } from "./bench-parts.ts";

const page = `Before.

<!-- measured: photos -->

Old.

<!-- end of photos -->

Said by hand.
`;

it("replaces what a part has written, and nothing around it", () => {
  expect(withBlock(page, "photos", "New.")).toBe(page.replace("Old.", "New."));
});

it("takes a block with signs of a replacement as they are", () => {
  expect(withBlock(page, "photos", "$& and $1")).toContain("$& and $1");
});

it("does not lose a part that has no place", () => {
  expect(() => withBlock(page, "webhooks", "New.")).toThrow("<!-- measured: webhooks -->");
});

it("has a place for every part on the page", () => {
  const text = readFileSync(`${root}docs/benchmarks.md`, "utf8");
  for (const name of Object.keys(benchParts)) expect(withBlock(text, name, "measured now")).toContain("measured now");
});
