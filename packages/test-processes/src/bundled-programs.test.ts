import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { bundleOf } from "./bundle-of.ts";
import { bundlePrograms } from "./bundled-programs.ts";
import { runProgram } from "./run-program.ts";

let place: string;
let sources: string;
let folder: string;
let program: string;
let imported: string;

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "likeness-bundled-"));
  onTestFinished(() => rmSync(place, { recursive: true }));
  [sources, folder] = [join(place, "sources"), join(place, "bundles")];
  mkdirSync(sources);
  [program, imported] = [join(sources, "program.ts"), join(sources, "imported.ts")];
  writeFileSync(
    program,
    [
      `import { say } from "./imported.ts";`,
      `interface Unused { readonly name: string }`,
      `say(import.meta.url);`,
      `const { later } = await import("./later.ts");`,
      `later();`,
    ].join("\n"),
  );
  writeFileSync(imported, "export const say = (text: string): void => console.log(`said ${text}`);");
  writeFileSync(join(sources, "later.ts"), `export const later = (): void => {\n  throw new Error("a defect");\n};`);
});

const run = async () => {
  vi.stubEnv("BUNDLED_PROGRAMS", await bundlePrograms([program], { folder }));
  return runProgram(program, { onTestFinished }).ended;
};

it("runs a program in one file, which knows the place of its source", async () => {
  const list = await bundlePrograms([program], { folder });
  expect(bundleOf(program, list)).toMatch(/program-\w+\.mjs$/);
  expect(bundleOf(imported, list)).toBe(imported);
  const { code, output } = await run();
  expect([code, output]).toStrictEqual([1, `said file://${program}\n`]);
});

it("names the sources in stacks", async () => {
  const { errors } = await run();
  expect(errors).toContain("a defect");
  expect(errors).toContain(`file://${join(sources, "later.ts")}:2:9`);
  expect(errors).toContain(`file://${program}:5:1`);
});

it("keeps a bundle whose sources were written again as they were", async () => {
  const before = bundleOf(program, await bundlePrograms([program], { folder }));
  writeFileSync(imported, readFileSync(imported));
  expect(bundleOf(program, await bundlePrograms([program], { folder }))).toBe(before);
});

it("runs no bundle of a source that was changed", async () => {
  const list = await bundlePrograms([program], { folder });
  const before = bundleOf(program, list);
  writeFileSync(imported, "export const say = (): void => console.log(`said another thing`);");
  expect(bundleOf(program, list)).toBe(program);
  const { output } = await run();
  expect(output).toBe("said another thing\n");
  expect(bundleOf(program, list)).not.toBeOneOf([program, before]);
});

it("keeps what was compiled of one that will be killed", async () => {
  const compiled = join(place, "compiled");
  vi.stubEnv("NODE_COMPILE_CACHE", compiled);
  writeFileSync(imported, "export const say = (): void => void setInterval(() => undefined, 60_000);");
  const work = "while (process.cpuUsage().user < 900_000) for (let turn = 0; turn < 1e6; turn += 1);";
  writeFileSync(join(sources, "later.ts"), `export const later = (): void => {\n  ${work}\n};`);
  vi.stubEnv("BUNDLED_PROGRAMS", await bundlePrograms([program], { folder }));
  const { end } = runProgram(program, { onTestFinished });
  const files = () => readdirSync(compiled, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  await vi.waitFor(() => expect(files()).not.toHaveLength(0), { timeout: 60_000 });
  await end("SIGKILL");
});
