import { describe, expect, it } from "vitest";
import type { Cell } from "../crash/cell.ts";
import { runCell } from "../crash/run-cell.ts";
import { doubling } from "../crash/kill-points.ts";
import { serverOf } from "./engine-servers.ts";

/** A part of the matrix that has every kill point and every behaviour of fal; `npm run crash` runs all of it. */
const sample: readonly Omit<Cell, "seed">[] = [
  // Those that take longest come first.
  { engine: "sqlite", kind: "training", point: "P9a", behaviour: "normal" },
  { engine: "sqlite", kind: "training", point: "P9", behaviour: "normal" },
  { engine: "postgres", kind: "training", point: "P3", behaviour: "webhook lost" },
  { engine: "postgres", kind: "training", point: "P7", behaviour: "webhook twice" },
  { engine: "sqlite", kind: "training", point: "P2", behaviour: "normal" },
  { engine: "sqlite", kind: "training", point: "P0", behaviour: "webhook first" },
  { engine: "sqlite", kind: "training", point: "P1", behaviour: "504 without accepting" },
  { engine: "sqlite", kind: "picture", point: "P1b", behaviour: "lost answer" },
  { engine: "sqlite", kind: "picture", point: "P3", behaviour: "webhook lost" },
  { engine: "sqlite", kind: "training", point: "P3b", behaviour: "504 after accepting" },
  { engine: "sqlite", kind: "training", point: "P4", behaviour: "webhook lost" },
  { engine: "sqlite", kind: "picture", point: "P5", behaviour: "webhook twice" },
  { engine: "sqlite", kind: "training", point: "P6", behaviour: "lost answer" },
  { engine: "sqlite", kind: "picture", point: "P7", behaviour: "webhook first" },
  { engine: "sqlite", kind: "training", point: "P8", behaviour: "webhook twice" },
];

describe.concurrent("an order whose process is killed", { timeout: 400_000 }, () => {
  it.for(sample)("$kind, $point: $behaviour, on $engine", async ({ engine, kind, point, behaviour }, { signal }) => {
    const report = await runCell({ engine, kind, point, behaviour, seed: 1 }, await serverOf(engine), signal);
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
