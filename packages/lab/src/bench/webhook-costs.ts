import { createHash } from "node:crypto";
import {
  createLikeness,
  systemClock as clock,
  uuidV7,
  type Likeness,
  type Repositories,
  type Store,
} from "@likeness/core";
import { testPorts, valueOf } from "@likeness/testing";
import { okAsync } from "neverthrow";
import { fillWithTrainings } from "./avatar-rows.ts";
import type { BenchPart } from "./bench-part.ts";
import { engines, type EngineName } from "./engines.ts";
import { median } from "./side-by-side.ts";
import { intake, signedDelivery, type SignedDelivery } from "./webhook-fixture.ts";

const rounds = 7;
const count = 320;
const ways = [
  { name: "alone", parallel: 1 },
  { name: "32 at once", parallel: 32 },
] as const;

/** What one webhook costs. */
interface Cost {
  /** Microseconds of this process's processor time, all threads. */
  readonly processor: number;
  /** Statements that were sent to the database, begin and commit included. */
  readonly statements: number;
}

interface Path {
  readonly name: string;
  readonly costs: readonly Cost[];
}

/**
 * Where the time of a webhook goes between its body and its answer, without HTTP. It is counted and not timed: processor time
 * and statements hardly depend on what else the machine does.
 */
export async function benchWebhookCosts(): Promise<BenchPart> {
  const paths = [
    await pathOf("the token of the address", async ({ url }) => void (await intake.address.accepts(...partsOf(url)))),
    await pathOf("the signature", async ({ headers, body }) => {
      await valueOf(intake.receiver.verify({ headers, body, receivedAt: clock.now() }));
    }),
    await pathOf("all but the store", receiving(likenessOn(storesNothing))),
    await onEngine("SQLite"),
    await onEngine("PostgreSQL"),
  ];
  return {
    rows: [],
    details: {
      text: `Counted and not timed, because processor time and statements hardly depend on what else the machine does: microseconds of
processor time in our process for one webhook, from its body to its answer, without HTTP, and the statements that were sent to the
database for it, begin and commit included. On PostgreSQL a statement is a round trip, and the server's own time is not in it. Medians of ${rounds}
rounds of ${count}.`,
      header: ["what", ...ways.flatMap(({ name }) => [name, `statements, ${name}`])],
      lines: paths.map(({ name, costs }) => [
        name,
        ...costs.flatMap(({ processor, statements }) => [`${processor.toFixed(0)} µs`, statements.toFixed(2)]),
      ]),
      chart: {
        title: "Processor time of a webhook, 32 at once",
        bars: paths.map(({ name, costs }) => {
          const value = costs.at(-1)?.processor ?? Number.NaN;
          return { label: name, value, text: `${value.toFixed(0)} µs` };
        }),
        goal: { value: 250, text: "4000 webhooks a second" },
      },
      figures: { paths },
    },
  };
}

type Take = (delivery: SignedDelivery) => Promise<void>;

async function onEngine(engine: EngineName): Promise<Path> {
  const site = await engines[engine].newSite();
  try {
    let sent = 0;
    const storage = await engines[engine].open(await site.newDatabase(), () => (sent += 1));
    await fillWithTrainings(storage, 1);
    const path = await pathOf(`all, on ${engine}`, receiving(likenessOn(storage.store)), () => sent);
    await storage.close();
    return path;
  } finally {
    await site.close();
  }
}

function likenessOn(store: Store): Likeness {
  const { ports } = testPorts();
  return createLikeness({ ...ports, store, webhooks: intake, clock, ids: uuidV7(clock) });
}

/** Takes a delivery as a host does, without HTTP. */
export const receiving =
  ({ webhooks }: Likeness): Take =>
  async ({ url, headers, body }) => {
    const [orderId, token] = partsOf(url);
    const admission = await valueOf(webhooks.admit({ orderId, token }));
    const digest = createHash("sha256").update(body).digest("hex");
    await valueOf(webhooks.receive({ admission, headers, body, digest }));
  };

const partsOf = ({ searchParams }: URL): [orderId: string, token: string] => [
  searchParams.get("order") ?? "",
  searchParams.get("token") ?? "",
];

/** Numbers of the webhooks, because every one is new. */
let next = 0;

async function pathOf(name: string, take: Take, sent: () => number = () => 0): Promise<Path> {
  const costs: Cost[] = [];
  for (const { parallel } of ways) {
    const found: Cost[] = [];
    for (let round = 0; round <= rounds; round++) {
      const deliveries = await Promise.all(Array.from({ length: count }, () => signedDelivery(next++)));
      const [statements, used] = [sent(), process.cpuUsage()];
      for (let first = 0; first < count; first += parallel)
        await Promise.all(deliveries.slice(first, first + parallel).map(take));
      const { user, system } = process.cpuUsage(used);
      // The first round compiles the code.
      if (round > 0) found.push({ processor: (user + system) / count, statements: (sent() - statements) / count });
    }
    costs.push({
      processor: median(found.map(({ processor }) => processor)),
      statements: median(found.map(({ statements }) => statements)),
    });
  }
  return { name, costs };
}

const nothingStored = {
  erasures: { findOrders: () => okAsync([]) },
  inbox: { insertMany: (deliveries: readonly unknown[]) => okAsync(deliveries.map(() => "new")) },
  jobs: { enqueueMany: () => okAsync(undefined) },
} as unknown as Repositories;

const storesNothing = { ...nothingStored, atomically: (work) => work(nothingStored) } as Store;
