// Runs turbo and says nothing unless it fails, or has a minute of building before it. JavaScript, so that an old Node still gets as far as the message.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(`Likeness needs Node 22.18 or newer; this is ${process.version}. See docs/contributing.md.\n`);
  process.exit(1);
}

if (process.argv.includes("build") && !existsSync(new URL("../packages/core/dist", import.meta.url)))
  process.stderr.write("Building Likeness. The first time this takes about a minute.\n");

const turbo = fileURLToPath(import.meta.resolve("turbo/bin/turbo"));
const { status, stdout, stderr } = spawnSync(process.execPath, [turbo, ...process.argv.slice(2)], {
  encoding: "utf8",
  maxBuffer: 64 * 1024 * 1024,
  env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" },
});
if (status !== 0) process.stderr.write(`${stdout}${stderr}`);
process.exitCode = status ?? 1;
