import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { EngineServer } from "../crash/engines/engine.ts";
import { engines, type EngineName } from "../crash/engines/engines.ts";

const servers = new Map<EngineName, Promise<EngineServer>>();
const folder = await mkdtemp(join(tmpdir(), "likeness-engines-"));

/** A server of each engine for a test file, started when a test first needs it. */
export function serverOf(engine: EngineName): Promise<EngineServer> {
  const server = servers.get(engine) ?? engines[engine].start(folder);
  servers.set(engine, server);
  return server;
}

afterAll(async () => {
  for (const server of servers.values()) await (await server).stop();
  await rm(folder, { recursive: true });
});
