import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Cell, CellReport } from "./cell.ts";
import { runCell } from "./run-cell.ts";
import { engines, type EngineName } from "./engines/engines.ts";
import { inParallel } from "./in-parallel.ts";
import { behavioursAt, namesOf, pointsOf, type KillPoint } from "./kill-points.ts";
import { kinds, type KindName } from "./kinds.ts";
import { seededRandom, shuffled } from "./random.ts";
import type { VendorName } from "./vendors/vendor.ts";

export interface Selection {
  readonly seed: number;
  readonly engine: EngineName;
  readonly vendor: VendorName;
  readonly points: readonly KillPoint[];
  readonly kinds: readonly KindName[];
}

export interface CellsOptions {
  readonly engine: EngineName;
  /** Cells at once. */
  readonly parallel: number;
  readonly signal: AbortSignal;
  /** Is told of each cell when it is done. */
  readonly done: (report: CellReport, number: number, of: number) => void;
}

/** The points of the kinds with every behaviour of the provider, in the order and with the times that the seed gives. */
export function cellsOf({ seed, engine, vendor, points, kinds: chosen }: Selection): Cell[] {
  const random = seededRandom(seed);
  const cells = namesOf(kinds).flatMap((kind) =>
    pointsOf(kind).flatMap((point) =>
      behavioursAt(point, kind).map((behaviour): Cell => ({
        engine,
        vendor,
        kind,
        point,
        behaviour,
        seed: Math.floor(random() * 2 ** 32),
      })),
    ),
  );
  return shuffled(random, cells).filter(
    ({ kind, point }) =>
      chosen.includes(kind) && points.includes(point) && (vendor === "fal" || !atFalAlone.includes(kind)),
  );
}

/** What people pay and what is erased of them is looked at with one provider: the others differ in orders. */
const atFalAlone: readonly KindName[] = ["payment", "erasure"];

/** Runs cells, each with a database of its own. */
export async function runCells(
  cells: readonly Cell[],
  { engine, parallel, signal, done }: CellsOptions,
): Promise<CellReport[]> {
  const folder = await mkdtemp(join(tmpdir(), "likeness-crash-databases-"));
  const server = await engines[engine].start(folder);
  const reports: CellReport[] = [];
  try {
    await inParallel(cells, parallel, async (cell) => {
      signal.throwIfAborted();
      const report = await runCell(cell, server, signal);
      reports.push(report);
      done(report, reports.length, cells.length);
    });
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return reports;
}
