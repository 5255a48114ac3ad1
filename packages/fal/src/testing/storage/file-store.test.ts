import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { runProgram } from "@likeness/test-processes/run-program.ts";
import { expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../../__fixtures__/temporary-folder.ts";

const fixture = fileURLToPath(new URL("../__fixtures__/fake-until-killed.ts", import.meta.url));

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

it.skipIf(process.platform !== "linux")("leaves nothing of what was uploaded when its process is killed", async () => {
  const folder = await temporaryFolder();
  const env = { ...process.env, TMPDIR: folder };
  const { said, end } = runProgram(fixture, { env, onTestFinished });
  const [whole] = await said(/^http.*(?=\n)/);
  const held = await (await fetch(whole)).arrayBuffer();
  expect(held.byteLength).toBeGreaterThan(0);
  expect(await end("SIGKILL")).toMatchObject({ code: null, signal: "SIGKILL" });
  expect(await filesBelow(folder)).toStrictEqual([]);
});
