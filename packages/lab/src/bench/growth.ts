import { createLikeness, systemClock as clock, uuidV7, type Likeness, type Store } from "@likeness/core";
import { acceptedPhotos, anAvatar, testPorts, valueOf } from "@likeness/testing";
import { ResultAsync } from "neverthrow";
import { avatarsPerOwner, fillWithAvatars, ownerOf } from "./avatar-rows.ts";
import { engines, type EngineName } from "./engines.ts";
import type { BenchDetails, BenchPart, BenchRow } from "./bench-part.ts";
import { median } from "./side-by-side.ts";
import type { Storage } from "./storage.ts";
import { intake, signedDelivery } from "./webhook-fixture.ts";

/** Avatars stored. */
const sizes = [1_000, 100_000, 1_000_000] as const;

const times = 200;
const warmUp = 20;
const goal = 1.5;

/** The duration of an operation by the number of stored avatars. */
interface GrowthFigures {
  readonly engine: EngineName;
  readonly operation: Operation;
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
      databases.push(await filledDatabase(storage, size));
      await storage.afterFilling();
    }
    const figures: GrowthFigures[] = [];
    for (const operation of operationNames)
      figures.push({ engine, operation, ...(await measure(databases, operation)) });
    return figures;
  } finally {
    for (const storage of storages) await storage.close();
    await site.close();
  }
}

/** One database and the owners in it. */
interface FilledDatabase {
  readonly likeness: Likeness;
  readonly size: number;
  /** Avatars that can be trained. */
  readonly drafts: readonly string[];
}

async function filledDatabase({ store, queue }: Storage, size: number): Promise<FilledDatabase> {
  const { ports } = testPorts();
  const provider = { ...ports.provider, name: intake.receiver.source };
  const likeness = createLikeness({ ...ports, store, queue, provider, webhooks: intake, clock, ids: uuidV7(clock) });
  const drafts: string[] = [];
  for (let index = 0; index < warmUp + times; index++) drafts.push(await storeDraft(store));
  return { likeness, size, drafts };
}

const drafter = "owner:of drafts";

async function storeDraft(store: Store): Promise<string> {
  const { id } = await valueOf(store.avatars.save(anAvatar({ ownerId: drafter, photosTaken: 10 })));
  await valueOf(store.atomically((tx) => ResultAsync.combine(acceptedPhotos(id, 10).map(tx.photos.save))));
  return id;
}

/** Prepares the n-th operation of its kind, and returns the function to measure. */
type Prepare = (database: FilledDatabase, number: number) => Promise<() => Promise<unknown>>;

const operations = {
  "a webhook is stored": async ({ likeness }, number) => {
    const { url, headers, body } = await signedDelivery(1_000_000_000 + number);
    const [orderId = "", token = ""] = ["order", "token"].map((name) => url.searchParams.get(name) ?? "");
    return async () => {
      const admission = await valueOf(likeness.webhooks.admit({ orderId, token }));
      await valueOf(likeness.webhooks.receive({ admission, headers, body }));
    };
  },
  "a training starts": async ({ likeness, drafts }, number) => {
    const avatarId = drafts[number] ?? "";
    return () => valueOf(likeness.trainings.start({ actor: drafter, avatarId }));
  },
  "the avatars of an owner are listed": async ({ likeness, size }, number) => {
    // Spread over all owners by the golden ratio.
    const actor = ownerOf(Math.floor(((number * 0.618) % 1) * (size / avatarsPerOwner)));
    return () => valueOf(likeness.avatars.list({ actor }));
  },
} satisfies Record<string, Prepare>;

type Operation = keyof typeof operations;

const operationNames = Object.keys(operations) as Operation[];

/** Runs one operation on each database, alternating between them. */
async function measure(
  databases: readonly FilledDatabase[],
  operation: Operation,
): Promise<Pick<GrowthFigures, "milliseconds" | "growth">> {
  const results = databases.map((database) => ({ database, taken: [] as number[] }));
  for (let number = 0; number < warmUp + times; number++)
    for (const { database, taken } of number % 2 === 0 ? results : results.toReversed()) {
      const run = await operations[operation](database, number);
      const start = performance.now();
      await run();
      if (number >= warmUp) taken.push(performance.now() - start);
    }
  const milliseconds = results.map(({ taken }) => median(taken));
  return { milliseconds, growth: (milliseconds.at(-1) ?? Number.NaN) / (milliseconds[0] ?? Number.NaN) };
}

function rowOf({ engine, operation, milliseconds, growth }: GrowthFigures): BenchRow {
  const [smallest = Number.NaN, largest = Number.NaN] = [milliseconds[0], milliseconds.at(-1)];
  return {
    name: `${operation} on ${engine} beside 1 000 000 avatars, next to the same beside 1 000`,
    ours: `${largest.toFixed(2)} ms`,
    floor: `${smallest.toFixed(2)} ms`,
    ratio: growth,
    goal: `< ${goal}`,
    met: growth < goal,
  };
}

const grouped = (size: number): string => size.toLocaleString("en").replaceAll(",", " ");

const detailsOf = (figures: readonly GrowthFigures[]): BenchDetails => ({
  title: "Growth",
  text: `The same operation on databases of one engine that hold so many avatars, each with a photo, a training, its webhook and
its message; in turn, ${times} times each. An owner has ${avatarsPerOwner} avatars; a training starts with ten photos.`,
  header: ["what", "on", ...sizes.map((size) => `beside ${grouped(size)} avatars`), "growth"],
  lines: figures.map(({ operation, engine, milliseconds, growth }) => [
    operation,
    engine,
    ...milliseconds.map((time) => `${time.toFixed(2)} ms`),
    `${growth.toFixed(2)} ×`,
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
