import { describe, expect, it } from "vitest";
import type { CellReport } from "./cell.ts";
import { noTally } from "./invariants.ts";
import { progressOf } from "./progress.ts";

const report = (change: Partial<CellReport> = {}): CellReport => ({
  ...noTally,
  orders: 1,
  broken: [],
  cell: { engine: "sqlite", vendor: "fal", kind: "training", point: "P3", behaviour: "normal", seed: 1 },
  kills: 1,
  seconds: 2.34,
  written: "",
  ...change,
});

/** What is written when twelve cells are done one after the other. */
function written(isTTY: boolean, reportOf: (number: number) => CellReport) {
  const lines = { output: "", errors: "" };
  const progress = progressOf({
    output: { isTTY, write: (text) => void (lines.output += text) },
    errors: { write: (text) => void (lines.errors += text) },
  });
  for (let number = 1; number <= 12; number++) progress(reportOf(number), number, 12);
  return lines;
}

const third = (number: number) =>
  number === 3 ? report({ broken: ["2 paid requests"], written: "what it wrote" }) : report();

describe("the progress of the crash matrix", () => {
  it("is a line for each cell where a person watches", () => {
    const { output, errors } = written(true, (number) => (number === 2 ? report({ kills: 0 }) : report()));
    expect(output.split("\n").map((line) => line.replaceAll(/ {2,}/g, " ").trim())).toStrictEqual([
      ...Array.from(
        { length: 12 },
        (_, index) => `${index + 1}/12 sqlite fal training P3 normal ${index === 1 ? "not reached" : "healed"} 2.3 s`,
      ),
      "",
    ]);
    expect(errors).toBe("");
  });

  it("is a line for each tenth and for the last elsewhere, and nothing of it is in the report", () => {
    expect(written(false, () => report())).toStrictEqual({
      output: "",
      errors:
        "10 of 12 cells on sqlite at fal are done, 0 of them broken\n12 of 12 cells on sqlite at fal are done, 0 of them broken\n",
    });
  });

  it("tells at once what is broken, with what the processes wrote, and counts it", () => {
    const { errors } = written(false, third);
    const [name, ...more] = errors.split("\n");
    expect(name).toMatch(/^sqlite {2}fal {2}training/);
    expect(more).toStrictEqual([
      "  2 paid requests",
      "  what it wrote",
      "10 of 12 cells on sqlite at fal are done, 1 of them broken",
      "12 of 12 cells on sqlite at fal are done, 1 of them broken",
      "",
    ]);
    expect(written(true, third).output).toContain("BROKEN");
  });
});
