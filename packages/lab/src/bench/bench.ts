/**
 * Runs every benchmark, prints the results and writes them to docs/benchmarks.md, with all figures and a chart beside
 * it. `--only webhooks` runs one part, or several when it is repeated. Either way the history is kept.
 */
import { orEnd, readNumber, readWords } from "../crash/options.ts";
import { benchArchive } from "./archive.ts";
import type { BenchPart } from "./bench-part.ts";
import { benchCoreSize } from "./core-size.ts";
import { benchOutcomeCosts } from "./outcome-costs.ts";
import { benchGrowth } from "./growth.ts";
import { benchImageMemory } from "./image-memory.ts";
import { benchImageOrders } from "./image-orders.ts";
import { benchPhotoInspection } from "./photo-inspection.ts";
import { keepHistory } from "./history.ts";
import { tableOf } from "./markdown.ts";
import { environment, writeReport } from "./report.ts";
import { benchPreCheckout } from "./pre-checkout.ts";
import { benchStoreTransaction } from "./store-transaction.ts";
import { benchStart } from "./start.ts";
import { benchPressing, benchThousandPeople } from "./thousand-people.ts";
import { benchWebhookCosts } from "./webhook-costs.ts";
import { benchWebhookIntake } from "./webhook-intake.ts";

const parts: Readonly<Record<string, () => Promise<BenchPart>>> = {
  core: benchCoreSize,
  store: benchStoreTransaction,
  archive: benchArchive,
  photos: benchPhotoInspection,
  webhooks: benchWebhookIntake,
  costs: benchWebhookCosts,
  outcomes: benchOutcomeCosts,
  images: benchImageOrders,
  memory: benchImageMemory,
  payments: benchPreCheckout,
  start: benchStart,
  presses: benchPressing,
  people: () => benchThousandPeople(people, "one"),
  cluster: () => benchThousandPeople(people, "cluster"),
  growth: benchGrowth,
};

const all = Object.keys(parts);
const usage = `npm run bench -- [--only <part>]... [--people <number>]
Measures what Likeness adds to the libraries below it, and writes docs/benchmarks.md, .json and .svg.
  --only <part>  one part, or several when it is repeated; writes only their history: ${all.join(", ")}
  --people <n>   how many people come in the parts "people" and "cluster"; default: 1000`;
const options = { only: { type: "string", multiple: true }, people: { type: "string" } } as const;
const { only = all, ...given } = orEnd(readWords(usage, options, process.argv.slice(2)));
const people = orEnd(readNumber("people", given.people, 1_000));
const unknown = only.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(", ")}. There are ${all.join(", ")}.`);
  process.exit(1);
}

const found: Record<string, BenchPart> = {};
for (const [name, bench] of Object.entries(parts)) {
  if (!only.includes(name)) continue;
  const part = await bench();
  found[name] = part;
  for (const { met, name: what, ours, floor, ratio, goal } of part.rows) {
    const compared = Number.isNaN(ratio) ? floor : `${floor}, ratio ${ratio.toFixed(2)}`;
    console.log(`${met ? "met   " : "missed"}  ${what}: ${ours} (${compared}), goal ${goal}`);
  }
  if (part.details)
    console.log(`
${tableOf(part.details)}`);
}
if (only === all) await writeReport(found);
await keepHistory(found, {
  date: environment.date,
  machine: `${environment.processors}, ${environment.memory}, ${environment.system}`,
});
