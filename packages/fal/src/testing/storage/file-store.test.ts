import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
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
  const child = spawn(process.execPath, [fixture], { env, stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  onTestFinished(() => void child.kill("SIGKILL"));
  for await (const whole of createInterface({ input: child.stdout })) {
    const held = await (await fetch(whole)).arrayBuffer();
    expect(held.byteLength).toBeGreaterThan(0);
    child.kill("SIGKILL");
  }
  expect(await exited).toStrictEqual([null, "SIGKILL"]);
  expect(await filesBelow(folder)).toStrictEqual([]);
});
