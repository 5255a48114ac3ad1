/**
 * Runs every benchmark, prints the results and writes each to its place on docs/benchmarks.md when it has ended, with all
 * figures and charts beside it, and a line to the history. `--only webhooks` runs one part, or several when it is repeated.
 */
import { orEnd, readNumber, readWords } from "../crash/options.ts";
import { benchParts } from "./bench-parts.ts";
import { keepOnPage } from "./bench-page.ts";
import { keepHistory } from "./history.ts";
import { tableOf } from "./markdown.ts";
import { measuring } from "./measured.ts";

const all = Object.keys(benchParts);
/** All thousand send ten thousand photos, which a bot judges for many minutes. */
const fewPeople = 50;
const usage = `npm run bench -- [--only <part>]... [--people <number>]
Measures what Likeness adds to the libraries below it, and writes docs/benchmarks.md, .json and .svg.
  --only <part>  one part, or several when it is repeated; the page keeps the others as they are: ${all.join(", ")}
  --people <n>   how many people come in the parts "people" and "cluster"; default: ${fewPeople};
                 each sends ten photos`;
const options = { only: { type: "string", multiple: true }, people: { type: "string" } } as const;
const { only = all, ...given } = orEnd(readWords(usage, options, process.argv.slice(2)));
const people = orEnd(readNumber("people", given.people, fewPeople));
const unknown = only.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(", ")}. There are ${all.join(", ")}.`);
  process.exit(1);
}

for (const [name, bench] of Object.entries(benchParts)) {
  if (!only.includes(name)) continue;
  console.log(`${name} ...`);
  const end = measuring();
  const part = await bench({ people });
  const measured = end();
  for (const { met, name: what, ours, floor, ratio, goal } of part.rows) {
    const compared = Number.isNaN(ratio) ? floor : `${floor}, ratio ${ratio.toFixed(2)}`;
    console.log(`${met ? "met   " : "missed"}  ${what}: ${ours} (${compared}), goal ${goal}`);
  }
  if (part.details) console.log(`\n${tableOf(part.details)}\n`);
  console.log(`${name} took ${measured.seconds} s\n`);
  await keepOnPage(name, part, measured);
  if (part.rows.length > 0) await keepHistory(name, part, measured);
}
