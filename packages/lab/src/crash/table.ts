import { markdownTable } from "markdown-table";
import type { Tally } from "./invariants.ts";

/** A line of the table at the end of a run. */
export interface TableRow extends Omit<Tally, "orders"> {
  readonly name: string;
  /** Of what the table counts. */
  readonly count: number;
  readonly kills: number;
}

const columns = {
  kills: "kills",
  doubleSubmits: "double submits",
  lostOutcomes: "lost outcomes",
  lostMessages: "lost messages",
  doubledMessages: "doubled messages",
  blockedShown: "blocked shown",
  wrongCredits: "wrong credits",
  remains: "remains",
} as const satisfies Partial<Record<keyof TableRow, string>>;

type Column = keyof typeof columns;

/** The table as Markdown, with aligned columns for a terminal. */
export function tableOf(counted: "cells" | "orders", rows: readonly TableRow[]): string {
  const names = Object.keys(columns) as Column[];
  const cells = [
    ["", counted, ...names.map((name) => columns[name])],
    ...rows.map((row) => [row.name, String(row.count), ...names.map((name) => String(row[name]))]),
  ];
  return markdownTable(cells, { align: [null, "r", ...names.map(() => "r")] });
}
