import type { BenchDetails, BenchPart, BenchRow } from "./bench-part.ts";
import { median, percentile } from "./side-by-side.ts";
import { hasOriginal } from "./original-endpoint.ts";
import { race, type Heat, type Received, type Contender } from "./webhook-race.ts";

const floors: readonly Contender[] = [
  { name: "a bare handler on SQLite", engine: "SQLite", bare: true },
  { name: "a bare handler on PostgreSQL", engine: "PostgreSQL", bare: true },
];
const ours: readonly Contender[] = [
  { name: "Likeness on SQLite", engine: "SQLite", bare: false },
  { name: "Likeness on PostgreSQL", engine: "PostgreSQL", bare: false },
];
/** In shape: no signature, and nothing stored before the answer. */
const original: Contender = {
  name: "the original's endpoint, in shape",
  engine: "PostgreSQL",
  bare: false,
  original: true,
};

const saturation: Heat = { rounds: 7, count: 1_000, pace: { parallel: 32 } };
const steady: Heat = { rounds: 3, count: 200, pace: { perSecond: 100 } };
const burst: Heat = { rounds: 3, count: 500, pace: { parallel: 500 } };

const goals = { ratio: 0.8, milliseconds: { SQLite: 10, PostgreSQL: 20 } } as const;

/** The results of one contender: medians over the rounds, times in milliseconds. */
interface IntakeFigures extends Contender {
  /** Webhooks that were answered in a second. */
  readonly perSecond: number;
  /** The same divided by that of the bare handler on the same engine in the same round. */
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
  const withOriginal = hasOriginal();
  if (!withOriginal)
    console.log(
      `Left out: ${original.name}, because python3-fastapi, python3-uvicorn or python3-asyncpg is not installed.`,
    );
  const contenders = [...floors, ...(withOriginal ? [original] : []), ...ours];
  const [saturated, calm] = await race({ contenders, heats: [saturation, steady], jobs: false });
  const [busy, flooded] = await race({ contenders, heats: [steady, burst], jobs: true });
  const figures = contenders.map((contender, index): IntakeFigures => {
    const times = timesOf(saturated?.[index]);
    const floorTimes = timesOf(saturated?.[floors.findIndex(({ engine }) => engine === contender.engine)]);
    return {
      ...contender,
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

const rowsOf = (figures: readonly IntakeFigures[]): BenchRow[] =>
  ours.flatMap(({ engine }): BenchRow[] => {
    const [bare, likeness] = [true, false].map((isBare) =>
      figures.find((each) => each.engine === engine && each.bare === isBare && !each.original),
    );
    const theirs = figures.find((each) => each.original && each.engine === engine);
    if (!bare || !likeness) return [];
    return [
      {
        name: `webhooks checked and stored on ${engine}, as many as go, next to ${bare.name}`,
        ours: perSecond(likeness),
        floor: perSecond(bare),
        ratio: likeness.ratio,
        goal: `≥ ${goals.ratio}`,
        met: likeness.ratio >= goals.ratio,
      },
      ...(theirs ? [originalRow(likeness, theirs)] : []),
      latencyRow("jobs in another process", likeness, bare, (figure) => figure.steady),
      latencyRow("jobs in the same process", likeness, bare, (figure) => figure.steadyWithJobs),
    ];
  });

function originalRow(likeness: IntakeFigures, theirs: IntakeFigures): BenchRow {
  const ratio = likeness.perSecond / theirs.perSecond;
  return {
    name: `webhooks checked and stored on ${likeness.engine}, as many as go, next to ${theirs.name}, which does neither before its answer`,
    ours: perSecond(likeness),
    floor: perSecond(theirs),
    ratio,
    goal: "≥ 1",
    met: ratio >= 1,
  };
}

function latencyRow(
  where: string,
  likeness: IntakeFigures,
  bare: IntakeFigures,
  latency: (figures: IntakeFigures) => Latency,
): BenchRow {
  const { engine } = likeness;
  const [our, floor, goal] = [latency(likeness).p99, latency(bare).p99, goals.milliseconds[engine]];
  return {
    name: `99 of 100 answers come within, at 100 webhooks a second on ${engine}, ${where}, next to ${bare.name}`,
    ours: milliseconds(our),
    floor: milliseconds(floor),
    ratio: floor / our,
    goal: `< ${goal} ms`,
    met: our < goal,
  };
}

const detailsOf = (figures: readonly IntakeFigures[], sending: number): BenchDetails => ({
  text: `fal's webhooks over HTTP from another process, with real signatures, to each of these in turn. The bare handlers check the
signature and insert one row with a prepared statement of the driver, no more. Every answer of them waits for
the disk: in the bare handlers each for a commit of its own, in ours all that came while another transaction was under way for
one that they share. The original's endpoint, where Debian's python3-fastapi, python3-uvicorn and python3-asyncpg are installed, reads
one row, answers and writes that row afterwards: it checks no signature, and stores nothing before it answers. _As many as go_: ${saturation.rounds} rounds of ${saturation.count} on 32 connections, while the jobs that follow are left to another process. _At
100 a second_: half of the answers, and 99 % of them, come within. _With jobs_: the same process also applies each
outcome, copies the model and tells the owner, which the bare handlers do not. _500 at once_: with jobs, until all were
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
      text: `goal on SQLite: ${goals.ratio} × the bare handler on it`,
    },
  },
  figures: { contenders: figures, senderMilliseconds: sending },
});

const perSecond = (figures: IntakeFigures): string => `${figures.perSecond.toFixed(0)}/s`;

const milliseconds = (value: number): string => `${value.toFixed(1)} ms`;
