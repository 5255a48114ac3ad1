import { avatarsPerOwner, fillWithAvatars, newAvatars } from "./avatar-rows.ts";
import { engines, type EngineName } from "./engines.ts";
import type { BenchDetails, BenchPart, BenchRow } from "./bench-part.ts";
import { filledDatabase, type FilledDatabase } from "./filled-database.ts";
import { growthOperations } from "./growth-operations.ts";
import { median } from "./side-by-side.ts";
import type { Storage } from "./storage.ts";
import { fillWithTroubles, troubles } from "./trouble-rows.ts";

/** Avatars stored. */
const sizes = [1_000, 1_000_000] as const;

const times = 150;
const warmUp = 15;
const goal = 1.2;

/** What may not take longer than this beside the most avatars: it comes every minute. */
const mostMilliseconds: Readonly<Record<string, number>> = { "the sweeper looks at everything": 10 };

/** The duration of an operation by the number of stored avatars. */
interface GrowthFigures {
  readonly engine: EngineName;
  readonly operation: string;
  /** Milliseconds, medians; in the order of `sizes`. */
  readonly milliseconds: readonly number[];
  /** The last one divided by the first one. */
  readonly growth: number;
}

/** Measures whether operations become slower with the number of avatars, on small and large databases. */
export async function benchGrowth(): Promise<BenchPart> {
  const figures: GrowthFigures[] = [];
  for (const engine of Object.keys(engines) as EngineName[]) figures.push(...(await growthOn(engine)));
  return { rows: figures.map(rowOf), details: detailsOf(figures) };
}

async function growthOn(engine: EngineName): Promise<GrowthFigures[]> {
  const site = await engines[engine].newSite();
  const storages: Storage[] = [];
  try {
    const databases: FilledDatabase[] = [];
    for (const size of sizes) {
      const storage = await engines[engine].open(await site.newDatabase());
      storages.push(storage);
      await fillWithAvatars(storage, size);
      await fillWithTroubles(storage);
      databases.push(await filledDatabase(storage, { size, drafts: warmUp + times }));
    }
    const figures: GrowthFigures[] = [];
    for (const operation of Object.keys(growthOperations))
      figures.push({ engine, operation, ...(await measure(databases, operation)) });
    for (const { chat } of databases) await chat.close();
    return figures;
  } finally {
    for (const storage of storages) await storage.close();
    await site.close();
  }
}

/** Runs one operation on each database, alternating between them. */
async function measure(
  databases: readonly FilledDatabase[],
  operation: string,
): Promise<Pick<GrowthFigures, "milliseconds" | "growth">> {
  const prepare = growthOperations[operation];
  const results = databases.map((database) => ({ database, taken: [] as number[] }));
  for (let number = 0; number < warmUp + times; number++)
    for (const { database, taken } of number % 2 === 0 ? results : results.toReversed()) {
      const run = await prepare?.(database, number);
      const start = performance.now();
      await run?.();
      if (number >= warmUp) taken.push(performance.now() - start);
    }
  const milliseconds = results.map(({ taken }) => median(taken));
  return { milliseconds, growth: (milliseconds.at(-1) ?? Number.NaN) / (milliseconds[0] ?? Number.NaN) };
}

function rowOf({ engine, operation, milliseconds, growth }: GrowthFigures): BenchRow {
  const [smallest = Number.NaN, largest = Number.NaN] = [milliseconds[0], milliseconds.at(-1)];
  const most = mostMilliseconds[operation];
  return {
    name: `${operation} on ${engine} beside 1 000 000 avatars, next to the same beside 1 000`,
    ours: `${largest.toFixed(2)} ms`,
    floor: `${smallest.toFixed(2)} ms`,
    ratio: growth,
    goal: `< ${goal}${most === undefined ? "" : `; < ${most} ms`}`,
    met: growth < goal && (most === undefined || largest < most),
  };
}

const grouped = (size: number): string => size.toLocaleString("en").replaceAll(",", " ");

const detailsOf = (figures: readonly GrowthFigures[]): BenchDetails => ({
  text: `The same operation on databases of one engine that hold so many avatars, each with two photos, a training, its webhook,
its message and a payment; in turn, ${times} times each. An owner has ${avatarsPerOwner} avatars; a training starts with ten photos. In each database
${newAvatars} avatars were made in the last seven days, and ${troubles} rows of most lists need a person, so that an operator asks for as much in each.
A growth in bold misses the goal of less than ${goal} ×.`,
  tellsGoals: true,
  header: ["what", "on", ...sizes.map((size) => `beside ${grouped(size)} avatars`), "growth"],
  lines: figures.map(({ operation, engine, milliseconds, growth }) => [
    operation,
    engine,
    ...milliseconds.map((time) => `${time.toFixed(2)} ms`),
    growth < goal ? `${growth.toFixed(2)} ×` : `**${growth.toFixed(2)} ×**`,
  ]),
  chart: {
    title: "How much longer it takes beside 1 000 000 avatars than beside 1 000",
    bars: figures.map(({ operation, engine, growth }) => ({
      label: `${operation}, ${engine}`,
      value: growth,
      text: `${growth.toFixed(2)} ×`,
    })),
    goal: { value: goal, text: `goal: less than ${goal} ×` },
  },
  figures,
});
