/** The crash matrix: `npm run crash -- --help`. */
import type { CellReport } from "./cell.ts";
import { readCrashOptions } from "./crash-options.ts";
import { cellsOf, runCells } from "./crash-run.ts";
import { addTallies, noTally } from "./invariants.ts";
import { interruption, orEnd } from "./options.ts";
import { progressOf } from "./progress.ts";
import { tableOf, type TableRow } from "./table.ts";

const { engines, vendors, kinds, points, seed, parallel } = orEnd(readCrashOptions(process.argv.slice(2)));
const signal = interruption();

const seconds = (number: number): string => `${number.toFixed(1)} s`;

const tell = progressOf({ output: process.stdout, errors: process.stderr });

const rowOf = (name: string, reports: readonly CellReport[]): TableRow => ({
  name,
  count: reports.length,
  kills: reports.reduce((kills, report) => kills + report.kills, 0),
  ...reports.reduce(addTallies, noTally),
});

try {
  const started = performance.now();
  const rows: TableRow[] = [];
  let broken = 0;
  for (const engine of engines)
    for (const vendor of vendors) {
      const cells = cellsOf({ seed, engine, vendor, points, kinds });
      const reports = await runCells(cells, { engine, parallel, signal, done: tell });
      broken += reports.filter((report) => report.broken.length > 0).length;
      for (const kind of kinds)
        rows.push(
          rowOf(
            `${engine}, ${vendor}, ${kind}`,
            reports.filter(({ cell }) => cell.kind === kind),
          ),
        );
    }
  console.log(
    `${tableOf("cells", rows)}\n\nseed ${seed}, ${seconds((performance.now() - started) / 1_000)}, cells with a broken invariant: ${broken}`,
  );
  process.exitCode = broken > 0 ? 1 : 0;
} catch (error) {
  if (!signal.aborted) throw error;
  console.error(`interrupted; seed ${seed}`);
  process.exitCode = 130;
}
