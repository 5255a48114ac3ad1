import { describe, expect, it } from "vitest";
import type { Cell } from "../crash/cell.ts";
import { runCell } from "../crash/run-cell.ts";
import { doubling } from "../crash/kill-points.ts";
import { serverOf } from "./engine-servers.ts";

/** A part of the matrix that has every kill point and every behaviour of fal; `npm run crash` runs all of it. */
const sample: readonly Omit<Cell, "seed">[] = [
  // Those that take longest come first.
  { engine: "sqlite", point: "P9a", behaviour: "normal" },
  { engine: "sqlite", point: "P9", behaviour: "normal" },
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
];

describe.concurrent("a training whose process is killed", { timeout: 400_000 }, () => {
  it.for(sample)("$point: $behaviour, on $engine", async ({ engine, point, behaviour }, { signal }) => {
    const report = await runCell({ engine, point, behaviour, seed: 1 }, await serverOf(engine), signal);
    expect(report.broken, report.written).toStrictEqual([]);
    expect(report).toMatchObject({
      kills: 1,
      orders: 1,
      doubleSubmits: 0,
      lostOutcomes: 0,
      lostMessages: 0,
      doubledMessages: doubling.includes(point) ? 1 : 0,
    });
  });
});
