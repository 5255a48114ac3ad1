import type { CellReport } from "./cell.ts";

interface Output {
  /** Whether a person watches it. */
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface ProgressOptions {
  /** Takes the report at the end. */
  readonly output: Output;
  /** Takes what is broken, and how far it is where nobody watches the output. */
  readonly errors: Output;
}

/** How many cells a line stands for where nobody watches. */
const cellsOfLine = 10;

/** Tells a person of each cell. Elsewhere, such as in CI, it tells of each tenth, so that a log shows that it goes on. */
export function progressOf({
  output,
  errors,
}: ProgressOptions): (cell: CellReport, number: number, of: number) => void {
  let broken = 0;
  return (report, number, of) => {
    const { cell } = report;
    const name = `${cell.engine}  ${cell.vendor}  ${cell.kind.padEnd(10)}  ${cell.point.padEnd(3)}  ${cell.behaviour.padEnd(21)}`;
    const line = `${String(number).padStart(3)}/${of}  ${name}  ${endOf(report)}  ${report.seconds.toFixed(1)} s\n`;
    if (number === 1) broken = 0;
    if (report.broken.length > 0) {
      broken += 1;
      errors.write(`${[name, ...report.broken, report.written].join("\n  ")}\n`);
    }
    if (output.isTTY) output.write(line);
    else if (number % cellsOfLine === 0 || number === of)
      errors.write(`${number} of ${of} cells on ${cell.engine} at ${cell.vendor} are done, ${broken} of them broken\n`);
  };
}

const endOf = ({ broken, kills }: CellReport): string => {
  if (broken.length > 0) return "BROKEN";
  return kills > 0 ? "healed" : "not reached";
};
