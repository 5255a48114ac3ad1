/** The crash matrix: `npm run crash -- --help`. */
import type { CellReport } from "./run-cell.ts";
import { engines } from "./engines/engines.ts";
import { cellsOf, runCells } from "./crash-run.ts";
import { addTallies, noTally } from "./invariants.ts";
import { killPoints } from "./kill-points.ts";
import { kinds } from "./kinds.ts";
import { interruption, newSeed, readNames, readNumber, readOptions } from "./options.ts";
import { tableOf, type TableRow } from "./table.ts";

const usage = `npm run crash -- [options]

Kills a process at every point of an order while fal behaves in every way, and looks at what is left.

  --engine sqlite|postgres   one database only; both by default
  --kind training            one kind of order only, of ${Object.keys(kinds).join(", ")}; all by default
  --only P3                  one kill point only; all by default
  --seed 42                  the order of the cells and the times that fal takes; a new one by default
  --parallel 6               cells at once; 2 by default

The kill points:
${Object.entries(killPoints)
  .map(([point, { where }]) => `  ${point.padEnd(3)}  ${where}`)
  .join("\n")}

Exit code: 0 when every invariant holds, 1 when not, 2 for a wrong option, 130 when interrupted.`;

const given = readOptions(usage, {
  engine: { type: "string" },
  kind: { type: "string" },
  only: { type: "string" },
  seed: { type: "string" },
  parallel: { type: "string" },
});
const seed = readNumber("seed", given.seed, newSeed());
const parallel = readNumber("parallel", given.parallel, 2);
const points = readNames("only", killPoints, given.only);
const chosen = readNames("kind", kinds, given.kind);
const signal = interruption();

const seconds = (number: number): string => `${number.toFixed(1)} s`;

function tell(report: CellReport, number: number, of: number): void {
  const { cell, kills, broken } = report;
  const name = `${cell.engine}  ${cell.kind.padEnd(10)}  ${cell.point.padEnd(3)}  ${cell.behaviour.padEnd(21)}`;
  const end = broken.length > 0 ? "BROKEN" : kills > 0 ? "healed" : "not reached";
  if (process.stdout.isTTY)
    console.log(`${String(number).padStart(3)}/${of}  ${name}  ${end}  ${seconds(report.seconds)}`);
  if (broken.length > 0) console.error([name, ...broken, report.written].join("\n  "));
}

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
  for (const engine of readNames("engine", engines, given.engine)) {
    const cells = cellsOf({ seed, engine, points, kinds: chosen });
    const reports = await runCells(cells, { engine, parallel, signal, done: tell });
    broken += reports.filter((report) => report.broken.length > 0).length;
    for (const kind of chosen)
      rows.push(
        rowOf(
          `${engine}, ${kind}`,
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
