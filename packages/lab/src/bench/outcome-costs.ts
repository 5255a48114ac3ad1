import { createLikeness, systemClock as clock, uuidV7, type Notifier } from "@likeness/core";
import { testPorts, valueOf } from "@likeness/testing";
import { okAsync } from "neverthrow";
import { fillWithTrainings } from "./avatar-rows.ts";
import type { BenchPart } from "./bench-part.ts";
import { engines, type EngineName } from "./engines.ts";
import { median } from "./side-by-side.ts";
import { receiving } from "./webhook-costs.ts";
import { intake, signedDelivery } from "./webhook-fixture.ts";

const rounds = 3;
const ways = [
  { name: "alone", together: 1, count: 20 },
  { name: "100 at once", together: 100, count: 100 },
] as const;

/** What one outcome costs from its webhook until its owner is told. */
interface OutcomeCost {
  /** Microseconds of this process's processor time, all threads. */
  readonly processor: number;
  readonly statements: number;
  /** Those of them that are about the queue of jobs. */
  readonly queue: number;
  /** Those of them that begin a transaction or end it. */
  readonly transactions: number;
}

type Counts = Omit<OutcomeCost, "processor">;

interface OutcomePath {
  readonly name: string;
  readonly costs: readonly OutcomeCost[];
}

/**
 * Where the time of an outcome goes between its webhook and the message to its owner, without HTTP and with a provider,
 * blobs and a notifier that answer at once. It is counted and not timed, as the costs of a webhook are.
 */
export async function benchOutcomeCosts(): Promise<BenchPart> {
  const paths = [await onEngine("SQLite"), await onEngine("PostgreSQL")];
  return {
    rows: [],
    details: {
      text: `Counted like the costs of a webhook: from a webhook that a training succeeded until its owner is told, with the jobs in the same
process, and a provider, blobs and a notifier that answer at once. Medians of ${rounds} rounds. A statement of the queue of jobs adds,
claims or ends jobs; the looks for jobs while there are none are among them.`,
      header: ["what", ...ways.flatMap(({ name }) => [name, "statements", "of the queue", "begin and commit"])],
      lines: paths.map(({ name, costs }) => [
        name,
        ...costs.flatMap(({ processor, statements, queue, transactions }) => [
          `${processor.toFixed(0)} µs`,
          ...[statements, queue, transactions].map((count) => count.toFixed(1)),
        ]),
      ]),
      chart: {
        title: "Processor time of an outcome until its owner is told, 100 at once",
        bars: paths.map(({ name, costs }) => {
          const value = costs.at(-1)?.processor ?? Number.NaN;
          return { label: name, value, text: `${value.toFixed(0)} µs` };
        }),
        goal: { value: 2_000, text: "500 in a second" },
      },
      figures: { paths },
    },
  };
}

async function onEngine(engine: EngineName): Promise<OutcomePath> {
  const site = await engines[engine].newSite();
  const counter = statementCounter();
  try {
    const storage = await engines[engine].open(await site.newDatabase(), counter.note);
    const all = ways.reduce((sum, { count }) => sum + count * (rounds + 1), 0);
    await fillWithTrainings(storage, all);
    const told = toldCounter();
    const { ports } = testPorts();
    const provider = { ...ports.provider, name: intake.receiver.source };
    const { store, queue } = storage;
    const { notifier } = told;
    const likeness = createLikeness({
      ...ports,
      store,
      queue,
      provider,
      notifier,
      webhooks: intake,
      clock,
      ids: uuidV7(clock),
    });
    await valueOf(likeness.start());
    const take = receiving(likeness);
    const costs: OutcomeCost[] = [];
    let next = 0;
    for (const { together, count } of ways) {
      const found: OutcomeCost[] = [];
      for (let round = 0; round <= rounds; round++) {
        const deliveries = await Promise.all(Array.from({ length: count }, () => signedDelivery(next++)));
        const [before, used] = [counter.counts(), process.cpuUsage()];
        for (let first = 0; first < count; first += together) {
          const allTold = told.more(together);
          await Promise.all(deliveries.slice(first, first + together).map(take));
          await allTold;
        }
        const { user, system } = process.cpuUsage(used);
        // The first round compiles the code.
        if (round > 0) found.push(costOf(before, counter.counts(), user + system, count));
      }
      costs.push(medians(found));
    }
    await valueOf(likeness.stop({ graceMs: 1_000 }));
    await storage.close();
    return { name: `until told, on ${engine}`, costs };
  } finally {
    await site.close();
  }
}

function statementCounter() {
  let [statements, queue, transactions] = [0, 0, 0];
  return {
    note: (statement: string): void => {
      statements += 1;
      if (/_job\b|pgboss/.test(statement)) queue += 1;
      if (/^\s*(?:begin|start|commit|rollback)\b/i.test(statement)) transactions += 1;
    },
    counts: (): Counts => ({ statements, queue, transactions }),
  };
}

function costOf(before: Counts, after: Counts, processor: number, count: number): OutcomeCost {
  const each = (name: keyof Counts): number => (after[name] - before[name]) / count;
  return {
    processor: processor / count,
    statements: each("statements"),
    queue: each("queue"),
    transactions: each("transactions"),
  };
}

function medians(found: readonly OutcomeCost[]): OutcomeCost {
  const of = (name: keyof OutcomeCost): number => median(found.map((cost) => cost[name]));
  return {
    processor: of("processor"),
    statements: of("statements"),
    queue: of("queue"),
    transactions: of("transactions"),
  };
}

/** A notifier that sends nothing, and tells when a number of messages have come. */
function toldCounter() {
  let left = 0;
  let done = (): void => undefined;
  const notifier: Notifier = {
    send: () => {
      left -= 1;
      if (left === 0) done();
      return okAsync({ type: "sent" });
    },
  };
  const more = (count: number): Promise<void> => {
    left = count;
    // The timers of the clock do not keep the process alive.
    const alive = setInterval(() => undefined, 60_000);
    return new Promise<void>((resolve) => (done = resolve)).finally(() => clearInterval(alive));
  };
  return { notifier, more };
}
