/**
 * Runs one server for its parent process, and ends with it: when the parent dies, even by SIGKILL, standard input
 * closes, and the server is stopped and its folder deleted. Databases in a folder of the caller stay. One JSON line on
 * standard output answers the start and each line of standard input, all of which mean "restart".
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { endLeftover } from "./end-leftover.ts";
import { startServer, type ServerProcess } from "./server-process.ts";

/** A failure has a line about the error. */
export type KeeperAnswer = { readonly folder: string } | { readonly failure: string };

const answer = (line: KeeperAnswer): unknown => process.stdout.write(`${JSON.stringify(line)}\n`);

const failed = (cause: unknown): unknown =>
  answer({ failure: String(cause instanceof Error ? cause.message : cause).replaceAll(/\s*\n\s*/g, " ") });

// Ignored: Ctrl-C in a terminal reaches this process too, which has to outlive its parent.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
process.stdout.on("error", () => undefined);

const { durable, data } = parseArgs({ options: { durable: { type: "boolean" }, data: { type: "string" } } }).values;
let folder: string | undefined;
let server: ServerProcess | undefined;
try {
  folder = await mkdtemp(join(tmpdir(), "likeness-postgres-"));
  if (data !== undefined) await endLeftover(data);
  // Not for databases that are kept: what makes them is used, and so tested, too.
  const shared = data === undefined ? process.env["SHARED_POSTGRES"] : undefined;
  server = await startServer({ folder, data, durable: durable ?? false, shared });
  answer({ folder });
  for await (const _ of createInterface({ input: process.stdin })) {
    await server.restart();
    answer({ folder });
  }
} catch (cause) {
  failed(cause);
} finally {
  await server?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
}
