/**
 * Keeps the server for the studio that forked this process, and ends with it, however it ends. Answers its start, and
 * every message, all of which mean "restart".
 */
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startServer } from "@likeness/test-postgres/server-process.ts";
import { endLeftover } from "./end-leftover.ts";

export type KeeperAnswer = { readonly folder: string } | { readonly failure: string };

const answer = (words: KeeperAnswer): unknown => process.connected && process.send?.(words);
const failed = (cause: unknown): unknown =>
  answer({ failure: String(cause instanceof Error ? cause.message : cause).replaceAll(/\s*\n\s*/g, " ") });

const alone = once(process, "disconnect");
const [, , data = ""] = process.argv;
const folder = await mkdtemp(join(tmpdir(), "likeness-studio-"));
try {
  await endLeftover(data);
  const server = await startServer({ data, folder, durable: true });
  let restarted = Promise.resolve<unknown>(undefined);
  process.on("message", () => {
    restarted = server.restart().then(() => answer({ folder }), failed);
  });
  answer({ folder });
  await alone;
  await restarted;
  await server.stop();
} catch (cause) {
  failed(cause);
} finally {
  await rm(folder, { recursive: true, force: true });
  if (process.connected) process.disconnect();
}
