import type { BenchDetails, BenchPart, BenchRow } from "./bench-part.ts";
import { median, percentile } from "./side-by-side.ts";
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

/** What one subject reached: medians over the rounds, times in milliseconds. */
interface IntakeFigures {
  readonly name: string;
  /** Webhooks that were answered in a second. */
  readonly perSecond: number;
  /** The same divided by that of the bare handler in the same round. */
  readonly ratio: number;
  /** Until an answer, at 100 webhooks a second. */
  readonly p50: number;
  readonly p99: number;
  /** Until all of 500 at once were answered, and until everybody was told. */
  readonly burstAnswered: number;
  readonly burstTold: number;
}

/** What stands between a webhook and its answer, next to the least that somebody would write by hand. */
export async function benchWebhookIntake(): Promise<BenchPart> {
  const [saturated] = await race({ subjects, heats: [saturation], jobs: false });
  const [steadily, flooded] = await race({ subjects, heats: [steady, burst], jobs: true });
  const figures = subjects.map(({ name }, index): IntakeFigures => {
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
  const sending = median(saturated?.[0]?.map(({ processor }) => processor) ?? []) / saturation.count;
  return { rows: rowsOf(figures), details: detailsOf(figures, sending) };
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

function detailsOf(figures: readonly IntakeFigures[], sending: number): BenchDetails {
  const perSecond = ({ perSecond: value }: IntakeFigures) => `${value.toFixed(0)}/s`;
  const bare = figures.find(({ name }) => name === floor.name)?.perSecond ?? Number.NaN;
  return {
    title: "Webhook intake",
    text: `fal's webhooks over HTTP from another process, with real signatures, to everybody in turn. The bare handler checks the
signature and inserts one row with a prepared statement of better-sqlite3, no more; every answer of everybody waits for
the disk. _As many as go_: ${saturation.count} a round on 32 connections, ${saturation.rounds} rounds; the jobs that follow are left to another process. _At 100 a
second_ and _500 at once_: the same process also runs the jobs, which apply the outcome, copy the model and tell the
owner; the bare handler has none. The sender needs ${sending.toFixed(2)} ms of its own processor for each, so it could send ${(1000 / sending).toFixed(0)} a second.`,
    header: [
      "who",
      "as many as go",
      "ratio",
      "half answered within, at 100/s",
      "99 %",
      "500 at once: answered",
      "told",
    ],
    lines: figures.map((subject) => [
      subject.name,
      perSecond(subject),
      subject.ratio.toFixed(2),
      ...[subject.p50, subject.p99].map((time) => `${time.toFixed(1)} ms`),
      ...[subject.burstAnswered, subject.burstTold].map((time) => `${(time / 1000).toFixed(2)} s`),
    ]),
    chart: {
      title: "Webhooks checked, stored and answered",
      bars: figures.map((subject) => ({
        label: subject.name,
        value: subject.perSecond,
        text: perSecond(subject),
      })),
      goal: { value: goals.ratio * bare, text: `goal on SQLite: ${goals.ratio} × the bare handler` },
    },
    figures: { subjects: figures, senderMilliseconds: sending },
  };
}
