import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

it.skipIf(process.platform === "win32")("ends with the npm that started it", { timeout: 180_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "likeness-npm-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const npm = spawn("npm", ["run", "bot", "--ignore-scripts"], {
    cwd: root,
    env: {
      ...process.env,
      TELEGRAM_BOT_TOKEN: "42:AAE-token_of_nobody_00000000000000000000",
      // A port without a listener.
      TELEGRAM_API_ROOT: "http://127.0.0.1:9",
      FAL_KEY: "fake-id:fake-secret",
      DATABASE_URL: `sqlite:${join(folder, "likeness.db")}`,
      BLOBS: `disk:${join(folder, "blobs")}`,
      PORT: "0",
      LOG_LEVEL: "info",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  npm.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  const closed = once(npm.stdout, "close");
  while (!output.includes("Telegram does not answer yet")) await wait(25);
  npm.kill("SIGTERM");
  // The pipe is closed when the last process that holds it has gone: the bot.
  await closed;
  expect(output).toContain("the bot has ended");
});
