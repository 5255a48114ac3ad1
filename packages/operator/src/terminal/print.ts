import type { Block } from "./block.ts";
import { visible } from "./visible.ts";

export interface Paper {
  /** Characters in a line; absent: any number, as in a pipe. */
  readonly columns?: number | undefined;
  readonly colours?: boolean | undefined;
}

/** Lines as a terminal shows them, each block after an empty one. */
export function print(blocks: readonly Block[], paper: Paper = {}): string {
  const printed = blocks.map((block) => linesOf(block, paper)).filter((lines) => lines.length > 0);
  return printed.map((lines) => lines.map((line) => `${line.trimEnd()}\n`).join("")).join("\n");
}

function linesOf(block: Block, paper: Paper): string[] {
  switch (block.type) {
    case "title":
      return [bold(visible(block.text), paper)];
    case "lines":
      return block.lines.map(visible);
    case "table":
      return tableLines(
        block.columns.map(visible),
        block.rows.map((row) => row.map(visible)),
        paper,
      );
    case "facts":
      return factLines(block.facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, visible(value)]])));
  }
}

const gap = "  ";

/** A table where it fits; in a narrow terminal each row is a paragraph, because an id that is cut is of no use. */
function tableLines(columns: readonly string[], rows: readonly (readonly string[])[], paper: Paper): string[] {
  if (rows.length === 0) return [];
  const widths = columns.map((name, index) => Math.max(...[name, ...rows.map((row) => row[index] ?? "")].map(width)));
  const total = widths.reduce((sum, each) => sum + each + gap.length, -gap.length);
  if (total > (paper.columns ?? Number.POSITIVE_INFINITY)) return paragraphs(columns, rows);
  const line = (cells: readonly string[]): string =>
    cells.map((cell, index) => cell + " ".repeat((widths[index] ?? 0) - width(cell))).join(gap);
  return [bold(line(columns).trimEnd(), paper), ...rows.map(line)];
}

const paragraphs = (columns: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  rows.flatMap((row, index) => [
    ...(index === 0 ? [] : [""]),
    ...factLines(columns.flatMap((name, at) => (row[at] === undefined || row[at] === "" ? [] : [[name, row[at]]]))),
  ]);

function factLines(facts: readonly (readonly string[])[]): string[] {
  const longest = Math.max(0, ...facts.map(([name = ""]) => width(name)));
  return facts.map(([name = "", value]) => `${name.padEnd(longest)}${gap}${value}`);
}

const width = (text: string): number => Array.from(text).length;

const bold = (text: string, { colours = false }: Paper): string => (colours ? `\u001B[1m${text}\u001B[22m` : text);
