import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";

const page = readFileSync(new URL("architecture.md", import.meta.url), "utf8");

/** Most files that a new reader should have to open. */
const limits = { photo: 24, webhook: 22 };

const wayUnder = (heading: string) => {
  const [, rest = ""] = page.split(`### ${heading}\n`);
  const [section = ""] = rest.split(/^##/m);
  const [, diagram = ""] = /^```mermaid\nsequenceDiagram\n(.*?)^```$/ms.exec(section) ?? [];
  return {
    drawn: new Set(diagram.match(/[\w-]+\.ts\b/g)),
    files: [...section.matchAll(/^\d+\. \[`(.+)`\]\((\.\.\/(?:packages\/)?\1)\)$/gm)].map(([, , file = ""]) => file),
  };
};

describe.each([
  ["photo", wayUnder("From an update with a photo to the training copy")],
  ["webhook", wayUnder("From a webhook to the message")],
] as const)("the way of a %s in docs/architecture.md", (name, { drawn, files }) => {
  it("lists files that exist", () => {
    expect(files.filter((file) => !existsSync(new URL(file, import.meta.url)))).toStrictEqual([]);
  });

  it("has the same files in its diagram", () => {
    expect([...drawn].toSorted()).toStrictEqual(files.map((file) => basename(file)).toSorted());
  });

  it(`is at most ${limits[name]} files long, as the page says`, () => {
    expect(files.length).toBeLessThanOrEqual(limits[name]);
    expect(page).toContain(`A ${name} passes ${files.length} files`);
  });
});
