import { median, percentile, type BenchRow } from "./side-by-side.ts";
import { race, type Heat, type Received, type Subject } from "./webhook-race.ts";

const floor: Subject = { name: "a bare Fastify handler" };
const sqlite: Subject = { name: "Likeness on SQLite", engine: "SQLite" };
const postgres: Subject = { name: "Likeness on PostgreSQL", engine: "PostgreSQL" };
const subjects = [floor, sqlite, postgres];

/** As fast as they are taken, while the jobs are left to another process: so does the bare handler. */
const saturation: Heat = { rounds: 11, count: 1_000, pace: { parallel: 32 } };

/** With the jobs in the same process, until everybody was told. */
const steady: Heat = { rounds: 5, count: 300, pace: { perSecond: 100 } };
const burst: Heat = { rounds: 3, count: 500, pace: { parallel: 500 } };

const goals = { ratio: 0.7, milliseconds: 10 };

/** What one subject reached: medians over the rounds. */
export interface IntakeFigures {
  readonly name: string;
  /** Webhooks that were answered in a second. */
  readonly perSecond: number;
  /** The same divided by that of the bare handler in the same round. */
  readonly ratio: number;
  /** Milliseconds until an answer, at 100 webhooks a second. */
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds until all of 500 at once were answered, and until everybody was told. */
  readonly burstAnswered: number;
  readonly burstTold: number;
}

export interface IntakeReport {
  readonly rows: readonly BenchRow[];
  readonly figures: readonly IntakeFigures[];
  /** Milliseconds of a processor that the sender needs for one webhook, in its own process. */
  readonly senderMilliseconds: number;
}

/** What stands between a webhook and its answer, next to the least that somebody would write by hand. */
export async function benchWebhookIntake(): Promise<IntakeReport> {
  const [saturated] = await race({ subjects, heats: [saturation], jobs: false });
  const [steadily, flooded] = await race({ subjects, heats: [steady, burst], jobs: true });
  const figures = subjects.map(({ name }, index) => {
    const times = timesOf(saturated?.[index]);
    const floorTimes = timesOf(saturated?.[0]);
    const latencies = steadily?.[index]?.map((round) => round.latencies) ?? [];
    return {
      name,
      perSecond: (1000 * saturation.count) / median(times),
      ratio: median(times.map((time, round) => (floorTimes[round] ?? Number.NaN) / time)),
      p50: median(latencies.map((round) => percentile(round, 50))),
      p99: median(latencies.map((round) => percentile(round, 99))),
      burstAnswered: median(timesOf(flooded?.[index])),
      burstTold: median(flooded?.[index]?.map(({ told }) => told) ?? []),
    };
  });
  const senderMilliseconds = median(saturated?.[0]?.map(({ processor }) => processor) ?? []) / saturation.count;
  return { rows: rowsOf(figures), figures, senderMilliseconds };
}

const timesOf = (rounds: readonly Received[] = []): number[] => rounds.map(({ milliseconds }) => milliseconds);

function rowsOf(figures: readonly IntakeFigures[]): BenchRow[] {
  const [bare, ours] = [floor, sqlite].map((subject) => figures.find(({ name }) => name === subject.name));
  if (!bare || !ours) return [];
  return [
    {
      name: `webhooks checked and stored on SQLite, as many as go, next to ${floor.name}`,
      ours: `${ours.perSecond.toFixed(0)}/s`,
      floor: `${bare.perSecond.toFixed(0)}/s`,
      ratio: ours.ratio,
      goal: `≥ ${goals.ratio}`,
      met: ours.ratio >= goals.ratio,
    },
    {
      name: `99 of 100 answers at 100 webhooks a second on SQLite come within, next to ${floor.name}`,
      ours: `${ours.p99.toFixed(1)} ms`,
      floor: `${bare.p99.toFixed(1)} ms`,
      ratio: Number.NaN,
      goal: `< ${goals.milliseconds} ms`,
      met: ours.p99 < goals.milliseconds,
    },
  ];
}
