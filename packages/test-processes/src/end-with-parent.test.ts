import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { runProgram } from "./run-program.ts";

it.each(["SIGTERM", "SIGKILL"] as const)("ends a program after %s of the process that started it", async (signal) => {
  const folder = mkdtempSync(join(tmpdir(), "likeness-parent-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [parent, child, told] = ["parent.mjs", "child.mjs", "told"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const inChild = [
    `import { writeFileSync } from "node:fs";`,
    `process.once("SIGTERM", (name) => { writeFileSync(${JSON.stringify(told)}, name); process.exit(); });`,
    `setTimeout(() => undefined, 60_000);`,
    `console.log("ready");`,
  ];
  const inParent = [
    `import { endWithParent } from ${JSON.stringify(import.meta.resolve("./end-with-parent.ts"))};`,
    `import { runProgram } from ${JSON.stringify(import.meta.resolve("./run-program.ts"))};`,
    `await runProgram(${JSON.stringify(child)}, { nodeOptions: endWithParent }).said(/ready/);`,
    `console.log("started");`,
  ];
  writeFileSync(child, inChild.join("\n"));
  writeFileSync(parent, inParent.join("\n"));
  const run = runProgram(parent, { onTestFinished });
  await run.said(/started/);
  expect(existsSync(told)).toBe(false);
  await run.end(signal);
  await vi.waitUntil(() => existsSync(told), { timeout: 10_000 });
});
