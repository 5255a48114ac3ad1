import { describe, expect, it } from "vitest";
import type { Cell } from "../crash/cell.ts";
import { runCell } from "../crash/run-cell.ts";
import { noTally } from "../crash/invariants.ts";
import { kinds } from "../crash/kinds.ts";
import { serverOf } from "./engine-servers.ts";

type Sampled = Omit<Cell, "seed" | "vendor">;

/** A part of the matrix that has every behaviour of the provider and most kinds; `npm run crash` runs all of it. */
const atFal: readonly Sampled[] = [
  // Those that take longest come first.
  { engine: "sqlite", kind: "training", point: "P9a", behaviour: "normal" },
  { engine: "sqlite", kind: "image", point: "P9", behaviour: "normal" },
  { engine: "sqlite", kind: "payment", point: "M17", behaviour: "normal" },
  { engine: "sqlite", kind: "erasure", point: "E7", behaviour: "normal" },
  { engine: "postgres", kind: "erasure", point: "E10", behaviour: "normal" },
  { engine: "sqlite", kind: "payment", point: "M7", behaviour: "normal" },
  { engine: "postgres", kind: "training", point: "P3", behaviour: "webhook lost" },
  { engine: "postgres", kind: "training", point: "P7", behaviour: "webhook twice" },
  { engine: "sqlite", kind: "training", point: "P2", behaviour: "normal" },
  { engine: "sqlite", kind: "training", point: "P0", behaviour: "webhook first" },
  { engine: "sqlite", kind: "training", point: "P1", behaviour: "504 without accepting" },
  { engine: "sqlite", kind: "image", point: "P1b", behaviour: "lost answer" },
  { engine: "sqlite", kind: "image", point: "P4b", behaviour: "webhook lost" },
  { engine: "sqlite", kind: "training", point: "P4", behaviour: "normal" },
  { engine: "sqlite", kind: "training", point: "P3b", behaviour: "504 after accepting" },
  { engine: "sqlite", kind: "image", point: "P8h", behaviour: "webhook lost" },
  { engine: "sqlite", kind: "image", point: "P5", behaviour: "webhook twice" },
  { engine: "sqlite", kind: "training", point: "P6", behaviour: "lost answer" },
  { engine: "sqlite", kind: "image", point: "P8f", behaviour: "webhook first" },
  { engine: "sqlite", kind: "training", point: "P8", behaviour: "webhook twice" },
  { engine: "sqlite", kind: "gone-link", point: "P8l", behaviour: "normal" },
  { engine: "sqlite", kind: "first-look", point: "P7", behaviour: "normal" },
  { engine: "sqlite", kind: "upscale", point: "P1d", behaviour: "normal" },
];

/** A smaller one: up to the request and from the outcome on, nothing depends on the provider. */
const atReplicate: readonly Sampled[] = [
  { engine: "postgres", kind: "training", point: "P3", behaviour: "webhook lost" },
  { engine: "postgres", kind: "image", point: "P4", behaviour: "504 after accepting" },
  { engine: "sqlite", kind: "training", point: "P1d", behaviour: "normal" },
  { engine: "sqlite", kind: "training", point: "P3b", behaviour: "lost answer" },
  { engine: "sqlite", kind: "image", point: "P3", behaviour: "webhook lost" },
  { engine: "sqlite", kind: "image", point: "P6", behaviour: "webhook first" },
  { engine: "sqlite", kind: "training", point: "P8b", behaviour: "webhook twice" },
  { engine: "sqlite", kind: "gone-link", point: "P8l", behaviour: "normal" },
];

const sample = [
  ...atFal.map((cell) => ({ ...cell, vendor: "fal" as const })),
  ...atReplicate.map((cell) => ({ ...cell, vendor: "replicate" as const })),
];

describe.concurrent("a process that is killed", { timeout: 400_000 }, () => {
  it.for(sample)("$kind, $point: $behaviour, at $vendor, on $engine", async (cell, { signal }) => {
    const { engine, kind, point } = cell;
    const report = await runCell({ ...cell, seed: 1 }, await serverOf(engine), signal);
    expect(report.broken, report.written).toStrictEqual([]);
    expect(report).toMatchObject({
      kills: 1,
      ...noTally,
      orders: kinds[kind].orders,
      doubledMessages: point === "P9" ? 1 : expect.toBeOneOf([0, 1]),
    });
  });
});
