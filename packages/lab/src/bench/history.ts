import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import type { BenchPart } from "./bench-part.ts";
import { formattedPage, tableOf } from "./markdown.ts";
import type { Measured } from "./measured.ts";
import { root } from "../repository.ts";

/** What is kept of one part of a run: a line of docs/benchmarks-history.jsonl. */
interface PastPart extends Pick<Measured, "date" | "commit" | "machine">, Partial<Pick<Measured, "seconds">> {
  readonly part: string;
  /** How many of the goals were met, and of how many. */
  readonly met: readonly [met: number, of: number];
  /** By the names of the rows of the page. */
  readonly ratios: Readonly<Record<string, number>>;
}

const file = `${root}docs/benchmarks-history.jsonl`;
const page = `${root}docs/benchmarks.md`;

/** Runs on the page: the newest of each part. */
const shown = 3;

/** Appends a line for a part of a run, and shows the last runs on the page. Lines are never changed. */
export async function keepHistory(part: string, { rows }: BenchPart, measured: Measured): Promise<void> {
  const { date, commit, machine, seconds } = measured;
  const line: PastPart = {
    date,
    commit,
    machine,
    seconds,
    part,
    met: [rows.filter(({ met }) => met).length, rows.length],
    ratios: Object.fromEntries(
      rows.flatMap(({ name, ratio }) => (Number.isFinite(ratio) ? [[name, rounded(ratio)]] : [])),
    ),
  };
  appendFileSync(file, `${JSON.stringify(line)}\n`);
  writeFileSync(page, await formattedPage(withLastRuns(readFileSync(page, "utf8"), pastParts())));
}

const rounded = (ratio: number): number => Number(ratio.toPrecision(3));

const pastParts = (): PastPart[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));

const title = "## Last runs";

/** The page with this section at its end, instead of that of earlier runs. */
function withLastRuns(text: string, past: readonly PastPart[]): string {
  const [before = ""] = text.split(`${title}\n`);
  const parts = [...new Set(past.map(({ part }) => part))];
  const last = parts.flatMap((name) =>
    past
      .filter(({ part }) => part === name)
      .slice(-shown)
      .toReversed(),
  );
  const lines = last.map(({ date, commit, machine, seconds, part, met: [met, of], ratios }) => {
    const sorted = Object.values(ratios).toSorted((left, right) => left - right);
    const between = [sorted[0], sorted.at(-1)].map((ratio) => ratio?.toFixed(2) ?? "").join(" to ");
    return [
      part,
      date,
      commit,
      machine,
      seconds === undefined ? "" : `${seconds} s`,
      `${met} of ${of}`,
      sorted.length > 0 ? between : "",
    ];
  });
  return `${before.trimEnd()}

${title}

The newest ${shown} of each part; every ratio of every run is a line of [benchmarks-history.jsonl](benchmarks-history.jsonl). A goal that is
missed fails no build: the machine may have had other work. A \`+\` behind a commit: with changes that were not committed.

${tableOf({ header: ["part", "date", "commit", "machine", "took", "goals met", "ratios"], lines })}
`;
}
