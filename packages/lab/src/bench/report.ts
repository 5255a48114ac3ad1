import { readFileSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem, type } from "node:os";
import { format } from "prettier";
import type { BenchDetails, BenchPart } from "./bench-part.ts";
import { root } from "../repository.ts";
import { drawCharts } from "./chart.ts";
import { formattedPage, tableOf } from "./markdown.ts";

type Parts = Readonly<Record<string, BenchPart>>;

/** Writes docs/benchmarks.md for people, docs/benchmarks.json for programs and the chart that the page shows. */
export async function writeReport(parts: Parts): Promise<void> {
  const details = Object.values(parts).flatMap((part) => part.details ?? []);
  const write = (name: string, text: string) => writeFileSync(`${root}docs/${name}`, text);
  write("benchmarks.md", await formattedPage(pageOf(parts)));
  write("benchmarks.json", await format(JSON.stringify(figuresOf(parts)), { parser: "json", printWidth: 120 }));
  write("benchmarks.svg", drawCharts(details.map(({ chart }) => chart)));
}

const libraries = ["better-sqlite3", "fastify", "kysely", "pg", "pg-boss", "sharp", "yazl"];

const versionOf = (name: string): string =>
  JSON.parse(readFileSync(`${root}node_modules/${name}/package.json`, "utf8")).version;

/** When and where it runs. */
export const environment = {
  date: new Date().toISOString().slice(0, 10),
  processors: `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown processor"}`,
  memory: `${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
  system: `${type()} ${release().split(".", 2).join(".")}`,
  versions: { node: process.versions.node, ...Object.fromEntries(libraries.map((name) => [name, versionOf(name)])) },
};

const figuresOf = (parts: Parts) => ({
  ...environment,
  // NaN is null in JSON.
  rows: Object.values(parts).flatMap(({ rows }) => rows),
  details: Object.fromEntries(
    Object.entries(parts).flatMap(([name, { details }]) => (details ? [[name, details.figures]] : [])),
  ),
});

function pageOf(parts: Parts): string {
  const { date, processors, memory, system, versions } = environment;
  const lines = Object.values(parts).flatMap(({ rows }) =>
    rows.map(({ name, ours, floor, ratio, goal, met }) => {
      return [name, ours, floor, Number.isNaN(ratio) ? "" : ratio.toFixed(2), goal, met ? "yes" : "no"];
    }),
  );
  const sections = Object.values(parts).flatMap(({ details }) => (details ? [sectionOf(details)] : []));
  return `# Benchmarks

\`npm run bench\` measures what Likeness adds to the libraries below it and writes this page. Both sides of a line run in
turn in the same run, on the same input; times are medians, memory is the highest of all rounds. A ratio is the throughput
of Likeness divided by that of the library alone, or the other way round for times and sizes: above 1 Likeness is better. Growth is the
exception, a time divided by the same beside less. Figures of different machines cannot be compared, ratios can.
\`npm run bench -- --only webhooks\` runs one part, and adds it to the [last runs](#last-runs) without changing the rest.

Measured on ${date}: ${processors}, ${memory} of memory, ${system}, ${Object.entries(versions)
    .map(([name, version]) => `${name === "node" ? "Node" : name} ${version}`)
    .join(", ")}.

![The charts of the sections below](benchmarks.svg)

${tableOf({ header: ["what", "Likeness", "next to it", "ratio", "goal", "met"], lines })}

- A store transaction is committed to disk on both sides (\`synchronous = FULL\`): the disk's share of the time is the same.
- The archive is made of random bytes, uncompressed, from one folder of the disk to another file of it, and sent to the fake of fal.
- The figures of this page for programs: [benchmarks.json](benchmarks.json).

${sections.join("\n")}`;
}

const sectionOf = ({ title, text, ...table }: BenchDetails): string => `## ${title}\n\n${text}\n\n${tableOf(table)}\n`;
