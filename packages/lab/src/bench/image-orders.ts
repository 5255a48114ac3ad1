import type { BenchDetails, BenchPart, BenchRow } from "./bench-part.ts";
import { bareCalls, onPostgres, onSqlite, size, withDrawers, type Contender } from "./picture-contenders.ts";
import { median } from "./side-by-side.ts";

const contenders: readonly Contender[] = [
  bareCalls,
  onSqlite,
  { name: "Likeness on SQLite, reading headers only", engine: "SQLite", decodes: false },
  onPostgres,
];

const count = 100;
const rounds = 3;
const goal = 0.1;

interface ImageFigures {
  readonly name: string;
  /** Milliseconds from the first press until the last owner was told, median. */
  readonly milliseconds: number;
  /** Our throughput divided by that of the bare calls in the same round. */
  readonly ratio: number;
}

/** Pictures that many people order at the same moment, next to the same number of HTTP calls and files alone. */
export async function benchImageOrders(): Promise<BenchPart> {
  const times = await inTurn();
  const figures = contenders.map(({ name }, index): ImageFigures => {
    const own = times[index] ?? [];
    return {
      name,
      milliseconds: median(own),
      ratio: median(own.map((time, round) => (times[0]?.[round] ?? Number.NaN) / time)),
    };
  });
  return { rows: rowsOf(figures), details: detailsOf(figures) };
}

/** All contenders in rounds, so that other load of the machine affects all equally; the order is reversed each time. */
async function inTurn(): Promise<number[][]> {
  return withDrawers(contenders, count, async (drawers) => {
    for (const drawer of drawers) await drawer.ask({ draw: count });
    const times = drawers.map((): number[] => []);
    for (let round = 0; round < rounds; round++) {
      const entries = [...drawers.entries()];
      for (const [index, drawer] of round % 2 === 0 ? entries : entries.toReversed())
        times[index]?.push((await drawer.ask({ draw: count })).milliseconds);
    }
    return times;
  });
}

const perSecond = ({ milliseconds }: ImageFigures): string => `${((1_000 * count) / milliseconds).toFixed(1)}/s`;

function rowsOf(figures: readonly ImageFigures[]): BenchRow[] {
  const [bare, ours] = [bareCalls, onSqlite].map((contender) => figures.find(({ name }) => name === contender.name));
  if (!bare || !ours) return [];
  return [
    {
      name: `${count} pictures ordered at once on SQLite, from the press until all are told, next to ${bareCalls.name}`,
      ours: perSecond(ours),
      floor: perSecond(bare),
      ratio: ours.ratio,
      goal: `≥ ${goal}`,
      met: ours.ratio >= goal,
    },
  ];
}

const detailsOf = (figures: readonly ImageFigures[]): BenchDetails => ({
  text: `${count} people press at once, each for one picture of ${size.width} × ${size.height} pixels; measured until the last one is told, ${rounds} times in turn.
Another process makes the pictures: it answers at once, sends a signed webhook and serves one file. The bare calls are for each
picture one POST, the webhook, one download and one file that is synced to disk, all at once, with nothing checked and nothing
remembered. Likeness also stores orders, pictures and messages, checks signatures, decodes every picture and marks it.`,
  header: ["who", "until all are told", "pictures", "ratio"],
  lines: figures.map((contender) => [
    contender.name,
    `${(contender.milliseconds / 1_000).toFixed(2)} s`,
    perSecond(contender),
    contender.ratio.toFixed(2),
  ]),
  chart: {
    title: "Pictures ordered at once, until all are told",
    bars: figures.map((contender) => ({
      label: contender.name,
      value: (1_000 * count) / contender.milliseconds,
      text: perSecond(contender),
    })),
    goal: {
      value: (goal * 1_000 * count) / (figures[0]?.milliseconds ?? Number.NaN),
      text: `goal on SQLite: ${goal} × the bare calls`,
    },
  },
  figures,
});
