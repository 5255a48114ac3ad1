/** Runs every benchmark, prints the table and writes it to docs/benchmarks.md. */
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem, type } from "node:os";
import { format } from "prettier";
import { benchArchive } from "./archive.ts";
import { benchCoreSize } from "./core-size.ts";
import { benchPhotoInspection } from "./photo-inspection.ts";
import type { BenchRow } from "./side-by-side.ts";
import { benchStoreTransaction } from "./store-transaction.ts";

const root = new URL("../../", import.meta.url);

const benches = [benchCoreSize, benchStoreTransaction, benchArchive, benchPhotoInspection];

const rows: BenchRow[] = [];
for (const bench of benches) {
  for (const row of await bench()) {
    rows.push(row);
    console.log(`${row.met ? "met   " : "missed"}  ${row.name}: ${row.ours} (${row.floor}), goal ${row.goal}`);
  }
}

const versionOf = (name: string): string =>
  JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, root), "utf8")).version;

const tableOf = (header: readonly string[], lines: readonly (readonly string[])[]): string =>
  [header, header.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const table = tableOf(
  ["what", "Likeness", "the library alone", "ratio", "goal", "met"],
  rows.map(({ name, ours, floor, ratio, goal, met }) => [
    name,
    ours,
    floor,
    Number.isNaN(ratio) ? "" : ratio.toFixed(2),
    goal,
    met ? "yes" : "no",
  ]),
);

const libraries = ["better-sqlite3", "kysely", "sharp", "yazl"].map((name) => `${name} ${versionOf(name)}`);
const page = `# Benchmarks

\`npm run bench\` measures what Likeness adds to the libraries below it and writes this page. Both sides of a line run in
turn in the same run, on the same input; times are medians, memory is the highest of all rounds. A ratio is the throughput
of Likeness divided by that of the library alone. Figures of different machines cannot be compared, ratios can.

Measured on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown processor"},
${(totalmem() / 2 ** 30).toFixed(0)} GiB of memory, ${type()} ${release()}, Node ${process.versions.node}, ${libraries.join(", ")}.

${table}

- A store transaction is committed to disk on both sides (\`synchronous = FULL\`): the disk's share of the time is the same.
- The archive is made of random bytes, uncompressed, from one folder of the disk to another file of it.
`;
const formatted = await format(page, { parser: "markdown", printWidth: 120 });
writeFileSync(new URL("docs/benchmarks.md", root), formatted);
console.log(
  `\n${formatted
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .join("\n")}`,
);
