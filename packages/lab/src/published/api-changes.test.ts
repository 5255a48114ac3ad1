import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { acceptChange, apiChanges } from "./api-changes.ts";
import { publishedPackages, type Manifest } from "./published-packages.ts";

let workspace = "";
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), "likeness-api-changes-"));
});
afterEach(() => rmSync(workspace, { recursive: true }));

const entry = (name: string) => ({ types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` });

function write(manifest: Partial<Manifest>, types: Readonly<Record<string, string>>): void {
  const folder = join(workspace, "packages/some");
  mkdirSync(join(folder, "dist"), { recursive: true });
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "@likeness/some", version: "1.0.0", ...manifest }),
  );
  for (const [name, text] of Object.entries(types)) writeFileSync(join(folder, "dist", `${name}.d.ts`), text);
}

const size = (comment: string, type: string): string =>
  `${comment}export interface Size {\n${comment}    width: ${type};\n}`;

const changes = () => apiChanges(publishedPackages(workspace));
const seen = () => changes().map(({ type, path }) => [type, path.slice(workspace.length + 1).replaceAll("\\", "/")]);
const accept = (): void => changes().forEach(acceptChange);
const report = (name: string): string => readFileSync(join(workspace, `packages/some/api/${name}.api.md`), "utf8");

it("a package without a report misses one for each entry, until they are accepted", () => {
  write(
    { exports: { ".": entry("index"), "./testing/fake": entry("fake"), "./package.json": "./package.json" } },
    {
      index: "interface Reached {\n  size: number;\n}\nexport declare const one: (reached: Reached) => void;",
      fake: "/** Of the fake. */\nexport declare const fake: Promise<string>;",
    },
  );
  expect(seen()).toStrictEqual([
    ["missing", "packages/some/api/index.api.md"],
    ["missing", "packages/some/api/testing-fake.api.md"],
  ]);
  accept();
  expect(seen()).toStrictEqual([]);
  expect(report("index")).toMatch(/export const one[^]*interface Reached {\n +size: number;/i);
  expect(report("testing-fake")).toContain("export const fake: Promise<string>;");
});

it("a changed type is shown as a difference, a changed comment is none", () => {
  const exports = { ".": entry("index") };
  write({ exports }, { index: size("", "number") });
  accept();
  write({ exports }, { index: size("/** In pixels. */\n", "number") });
  expect(changes()).toStrictEqual([]);
  write({ exports }, { index: size("", "string") });
  const [change] = changes();
  expect(change).toMatchObject({
    type: "changed",
    diff: expect.stringMatching(/^@@[^]*\n-.*width: number;\n\+.*width: string;/),
  });
  accept();
  expect(changes()).toStrictEqual([]);
});

it("all changes of a report are shown, also those that are far from each other", () => {
  const exports = { ".": entry("index") };
  const types = (first: string, last: string): string =>
    "a b c d e f g h i j k l m n o p q r s t u"
      .split(" ")
      .map((name) => `export declare const ${name}: ${{ a: first, u: last }[name] ?? "boolean"};`)
      .join("\n");
  write({ exports }, { index: types("number", "number") });
  accept();
  write({ exports }, { index: types("string", "bigint") });
  expect(changes()).toMatchObject([
    { diff: expect.stringMatching(/^@@[^]*\+export const a: string;[^]*\n@@[^]*\+export const u: bigint;/) },
  ]);
});

it("what two entries reach is shown once, and the report of an entry that went is stale", () => {
  const shared = "export interface Shared { size: number }";
  write(
    { exports: { ".": entry("index"), "./more": entry("more") } },
    {
      shared,
      index: `export { Shared } from "./shared.js";`,
      more: `import type { Shared } from "./shared.js";\nexport declare const more: Shared;`,
    },
  );
  accept();
  expect(report("index")).toContain("export interface Shared");
  expect(report("more")).not.toContain("interface Shared");
  write({ exports: { ".": entry("index") } }, {});
  expect(seen()).toStrictEqual([["stale", "packages/some/api/more.api.md"]]);
  accept();
  expect(seen()).toStrictEqual([]);
});

it("types that do not compile are no report", () => {
  write({ exports: { ".": entry("index") } }, { index: "export declare const one: Nowhere;" });
  expect(changes).toThrow("Nowhere");
});

it("a package that is only a command needs none", () => {
  write({ bin: { some: "./dist/main.js" } }, {});
  expect(changes()).toStrictEqual([]);
});
