import { readFileSync, writeFileSync } from "node:fs";
import { format } from "prettier";
import { root } from "../repository.ts";
import type { BenchChart, BenchPart, BenchRow } from "./bench-part.ts";
import { drawCharts } from "./chart.ts";
import { formattedPage, tableOf } from "./markdown.ts";
import type { Measured } from "./measured.ts";

/** What docs/benchmarks.json keeps of a part: its last run. */
interface KeptPart {
  readonly measured: Measured;
  readonly rows: readonly BenchRow[];
  readonly figures?: unknown;
  readonly chart?: BenchChart | undefined;
}

const pathOf = (ending: string): string => `${root}docs/benchmarks.${ending}`;

/**
 * Keeps the last run of a part: in its place on docs/benchmarks.md for people, in docs/benchmarks.json for programs, and in
 * the charts. Every other part stays as it was measured.
 */
export async function keepOnPage(name: string, part: BenchPart, measured: Measured): Promise<void> {
  const page = readFileSync(pathOf("md"), "utf8");
  writeFileSync(pathOf("md"), await formattedPage(withBlock(page, name, blockOf(part, measured))));
  const kept: Record<string, KeptPart> = JSON.parse(readFileSync(pathOf("json"), "utf8"));
  kept[name] = { measured, rows: part.rows, figures: part.details?.figures, chart: part.details?.chart };
  writeFileSync(pathOf("json"), await format(JSON.stringify(kept), { parser: "json", printWidth: 120 }));
  writeFileSync(pathOf("svg"), drawCharts(Object.values(kept).flatMap(({ chart }) => chart ?? [])));
}

/** The page with a part's last run instead of an earlier one. What is written around the marks stays. */
export function withBlock(page: string, name: string, block: string): string {
  const [before, rest] = splitAt(page, `<!-- measured: ${name} -->`);
  const [, after] = splitAt(rest, `<!-- end of ${name} -->`);
  return `${before}<!-- measured: ${name} -->\n\n${block}\n\n<!-- end of ${name} -->${after}`;
}

function splitAt(text: string, mark: string): [before: string, after: string] {
  const [before, after, ...more] = text.split(mark);
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`docs/benchmarks.md must hold once: ${mark}`);
  return [before, after];
}

function blockOf({ rows, details }: BenchPart, measured: Measured): string {
  const lines = rows.map(({ name, ours, floor, ratio, goal, met }) => {
    return [name, ours, floor, Number.isNaN(ratio) ? "" : ratio.toFixed(2), goal, met ? "yes" : "no"];
  });
  const goals = tableOf({ header: ["what", "Likeness", "next to it", "ratio", "goal", "met"], lines });
  return [
    ...(details ? [details.text] : []),
    sentenceOf(measured),
    ...(rows.length > 0 && !details?.tellsGoals ? [goals] : []),
    ...(details ? [tableOf(details)] : []),
  ].join("\n\n");
}

function sentenceOf({ date, commit, machine, seconds, load, versions }: Measured): string {
  const libraries = Object.entries(versions)
    .map(([name, version]) => `${name === "node" ? "Node" : name} ${version}`)
    .join(", ");
  return `Measured on ${date} at ${commit}, in ${seconds} s: ${machine}, ${libraries}. Before it began, ${load.toFixed(1)} processes wanted a processor.`;
}
