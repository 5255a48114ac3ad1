import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

it("the README shows the quickstart as it is", () => {
  const path = "examples/quickstart/quickstart.ts";
  expect(read("README.md")).toContain(`<!-- ${path} -->\n\n\`\`\`typescript\n${read(path)}\`\`\``);
});
