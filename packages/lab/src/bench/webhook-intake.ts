import type { BenchDetails, BenchPart, BenchRow } from "./bench-part.ts";
import { median, percentile } from "./side-by-side.ts";
import { race, type Heat, type Received, type Contender } from "./webhook-race.ts";

const floor: Contender = { name: "a bare Fastify handler" };
const sqlite: Contender = { name: "Likeness on SQLite", engine: "SQLite" };
const postgres: Contender = { name: "Likeness on PostgreSQL", engine: "PostgreSQL" };
const contenders = [floor, sqlite, postgres];

const saturation: Heat = { rounds: 9, count: 1_000, pace: { parallel: 32 } };
const steady: Heat = { rounds: 5, count: 300, pace: { perSecond: 100 } };
const burst: Heat = { rounds: 3, count: 500, pace: { parallel: 500 } };

const goals = { ratio: 0.7, milliseconds: 10 };

/** The results of one contender: medians over the rounds, times in milliseconds. */
interface IntakeFigures {
  readonly name: string;
  /** Webhooks that were answered in a second. */
  readonly perSecond: number;
  /** The same divided by that of the bare handler in the same round. */
  readonly ratio: number;
  /** Until an answer, at 100 webhooks a second. */
  readonly steady: Latency;
  /** The same while jobs run in the same process. */
  readonly steadyWithJobs: Latency;
  /** Until all of 500 at once were answered, and until all owners were told. */
  readonly burst: { readonly answered: number; readonly told: number };
}

interface Latency {
  readonly p50: number;
  readonly p99: number;
}

/** The work between a webhook and its answer, compared with the minimal handler. */
export async function benchWebhookIntake(): Promise<BenchPart> {
  const [saturated, calm] = await race({ contenders, heats: [saturation, steady], jobs: false });
  const [busy, flooded] = await race({ contenders, heats: [steady, burst], jobs: true });
  const floorTimes = timesOf(saturated?.[0]);
  const figures = contenders.map(({ name }, index): IntakeFigures => {
    const times = timesOf(saturated?.[index]);
    return {
      name,
      perSecond: (1000 * saturation.count) / median(times),
      ratio: median(times.map((time, round) => (floorTimes[round] ?? Number.NaN) / time)),
      steady: latencyOf(calm?.[index]),
      steadyWithJobs: latencyOf(busy?.[index]),
      burst: {
        answered: median(timesOf(flooded?.[index])),
        told: median(flooded?.[index]?.map(({ told }) => told) ?? []),
      },
    };
  });
  const sending = median(saturated?.[0]?.map(({ processor }) => processor) ?? []) / saturation.count;
  return { rows: rowsOf(figures), details: detailsOf(figures, sending) };
}

const timesOf = (rounds: readonly Received[] = []): number[] => rounds.map(({ milliseconds }) => milliseconds);

const latencyOf = (rounds: readonly Received[] = []): Latency => ({
  p50: median(rounds.map(({ latencies }) => percentile(latencies, 50))),
  p99: median(rounds.map(({ latencies }) => percentile(latencies, 99))),
});

function rowsOf(figures: readonly IntakeFigures[]): BenchRow[] {
  const [bare, ours] = [floor, sqlite].map((contender) => figures.find(({ name }) => name === contender.name));
  if (!bare || !ours) return [];
  return [
    {
      name: `webhooks checked and stored on SQLite, as many as go, next to ${floor.name}`,
      ours: perSecond(ours),
      floor: perSecond(bare),
      ratio: ours.ratio,
      goal: `≥ ${goals.ratio}`,
      met: ours.ratio >= goals.ratio,
    },
    latencyRow("jobs in another process", ours.steady, bare.steady),
    latencyRow("jobs in the same process", ours.steadyWithJobs, bare.steadyWithJobs),
  ];
}

const latencyRow = (where: string, ours: Latency, bare: Latency): BenchRow => ({
  name: `99 of 100 answers come within, at 100 webhooks a second on SQLite, ${where}, next to ${floor.name}`,
  ours: milliseconds(ours.p99),
  floor: milliseconds(bare.p99),
  ratio: Number.NaN,
  goal: `< ${goals.milliseconds} ms`,
  met: ours.p99 < goals.milliseconds,
});

const detailsOf = (figures: readonly IntakeFigures[], sending: number): BenchDetails => ({
  title: "Webhook intake",
  text: `fal's webhooks over HTTP from another process, with real signatures, to each of these in turn. The bare handler checks the
signature and inserts one row with a prepared statement of better-sqlite3, no more. Every answer of them waits for
the disk: in the bare handler each for a commit of its own, in ours all that came in the same turn of the event loop for
one that they share. _As many as go_: ${saturation.rounds} rounds of ${saturation.count} on 32 connections, while the jobs that follow are left to another process. _At
100 a second_: half of the answers, and 99 % of them, come within. _With jobs_: the same process also applies each
outcome, copies the model and tells the owner, which the bare handler does not. _500 at once_: with jobs, until all were
answered, and until every owner was told. Sending one took ${sending.toFixed(2)} ms of another processor: the sender could send ${(1000 / sending).toFixed(0)} a second.`,
  header: ["who", "as many as go", "ratio", "at 100 a second", "with jobs", "500 at once: answered", "told"],
  lines: figures.map((contender) => [
    contender.name,
    perSecond(contender),
    contender.ratio.toFixed(2),
    ...[contender.steady, contender.steadyWithJobs].map(({ p50, p99 }) => `${milliseconds(p50)}, ${milliseconds(p99)}`),
    ...[contender.burst.answered, contender.burst.told].map((time) => `${(time / 1000).toFixed(2)} s`),
  ]),
  chart: {
    title: "Webhooks checked, stored and answered",
    bars: figures.map((contender) => ({
      label: contender.name,
      value: contender.perSecond,
      text: perSecond(contender),
    })),
    goal: {
      value: goals.ratio * (figures[0]?.perSecond ?? Number.NaN),
      text: `goal on SQLite: ${goals.ratio} × the bare handler`,
    },
  },
  figures: { contenders: figures, senderMilliseconds: sending },
});

const perSecond = (figures: IntakeFigures): string => `${figures.perSecond.toFixed(0)}/s`;

const milliseconds = (value: number): string => `${value.toFixed(1)} ms`;
