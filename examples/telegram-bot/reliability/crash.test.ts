import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
// @boundaries-ignore the run that kills processes is the whole workspace's
import { runCell, type Cell } from "../../../.config/crash/cell.ts";
// @boundaries-ignore the run that kills processes is the whole workspace's
import type { EngineServer } from "../../../.config/crash/engines/engine.ts";
// @boundaries-ignore the run that kills processes is the whole workspace's
import { engines, type EngineName } from "../../../.config/crash/engines/engines.ts";
// @boundaries-ignore the run that kills processes is the whole workspace's
import { doubling, killPoints } from "../../../.config/crash/kill-points.ts";

/** A part of the matrix that has every kill point and every behaviour of fal; `npm run crash` runs all of it. */
const sample: readonly Omit<Cell, "seed">[] = [
  { engine: "postgres", point: "P3", behaviour: "webhook lost" },
  { engine: "postgres", point: "P7", behaviour: "webhook twice" },
  { engine: "sqlite", point: "P2", behaviour: "normal" },
  { engine: "sqlite", point: "P0", behaviour: "webhook first" },
  { engine: "sqlite", point: "P1", behaviour: "504 without accepting" },
  { engine: "sqlite", point: "P1b", behaviour: "lost answer" },
  { engine: "sqlite", point: "P3", behaviour: "webhook lost" },
  { engine: "sqlite", point: "P3b", behaviour: "504 after accepting" },
  { engine: "sqlite", point: "P4", behaviour: "webhook lost" },
  { engine: "sqlite", point: "P5", behaviour: "webhook twice" },
  { engine: "sqlite", point: "P6", behaviour: "lost answer" },
  { engine: "sqlite", point: "P7", behaviour: "webhook first" },
  { engine: "sqlite", point: "P8", behaviour: "webhook twice" },
  { engine: "sqlite", point: "P9a", behaviour: "normal" },
  { engine: "sqlite", point: "P9", behaviour: "normal" },
];

/** A server of each engine, started when a cell first needs it. */
const servers = new Map<EngineName, Promise<EngineServer>>();

function serverOf(engine: EngineName, folder: string): Promise<EngineServer> {
  const server = servers.get(engine) ?? engines[engine].start(folder);
  servers.set(engine, server);
  return server;
}

const folder = await mkdtemp(join(tmpdir(), "likeness-crash-test-"));

afterAll(async () => {
  for (const server of servers.values()) await (await server).stop();
  await rm(folder, { recursive: true });
});

describe.concurrent("a training whose process is killed", { timeout: 170_000 }, () => {
  it.for(sample.map((cell) => ({ ...cell, where: killPoints[cell.point] })))(
    "$point: $where; $behaviour, on $engine",
    async ({ engine, point, behaviour }, { signal }) => {
      const server = await serverOf(engine, folder);
      const report = await runCell({ engine, point, behaviour, seed: 1 }, server, signal);
      expect(report.broken, report.written).toStrictEqual([]);
      expect(report).toMatchObject({
        kills: 1,
        trainings: 1,
        doubleSubmits: 0,
        lostOutcomes: 0,
        lostMessages: 0,
        doubledMessages: doubling.includes(point) ? 1 : 0,
      });
    },
  );
});
