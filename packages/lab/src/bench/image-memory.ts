import type { BenchDetails, BenchPart, BenchRow } from "./bench-part.ts";
import { bareCalls, onPostgres, onSqlite, withDrawers, type Contender } from "./picture-contenders.ts";

const contenders: readonly Contender[] = [bareCalls, onSqlite, onPostgres];
const counts = [100, 400, 1_600] as const;
const heapMegabytes = 256;
const goal = 100;

/** By how much memory grew at its peak while so many pictures were drawn at once, in megabytes. */
interface Grown {
  readonly count: number;
  /** What is in use. */
  readonly live: number;
  /** The process, whose heap is small. */
  readonly process: number;
}

interface MemoryFigures {
  readonly name: string;
  readonly grown: readonly Grown[];
}

/** The memory that pictures take which are ordered at once. It does not depend on what else the machine does. */
export async function benchImageMemory(): Promise<BenchPart> {
  const figures: MemoryFigures[] = [];
  for (const contender of contenders) {
    const grown: Grown[] = [];
    for (const count of counts) {
      const measured = await memoryGrowth(contender, count);
      grown.push(measured);
      console.log(`${contender.name}, ${count} at once: ${cellOf(measured)}`);
    }
    figures.push({ name: contender.name, grown });
  }
  return { rows: rowsOf(figures), details: detailsOf(figures) };
}

/**
 * In a new process, which has drawn a few before. Its heap is small, and its garbage is collected before what is in use is
 * counted: with a larger heap, V8 leaves garbage lying until it needs the room, which says nothing about the work.
 */
const memoryGrowth = (contender: Contender, count: number): Promise<Grown> =>
  withDrawers(
    [contender],
    count,
    async ([drawer]) => {
      await drawer?.ask({ draw: 10 });
      const drawn = await drawer?.ask({ draw: count });
      return { count, live: drawn?.liveMegabytes ?? Number.NaN, process: drawn?.extraMegabytes ?? Number.NaN };
    },
    ["--expose-gc", `--max-old-space-size=${heapMegabytes}`],
  );

const megabytes = (value: number): string => `${value.toFixed(0)} MB`;

function rowsOf(figures: readonly MemoryFigures[]): BenchRow[] {
  const most = (contender: Contender) => figures.find(({ name }) => name === contender.name)?.grown.at(-1);
  const [bare, ours] = [most(bareCalls), most(onSqlite)];
  if (!bare || !ours) return [];
  return [
    {
      name: `${ours.count} pictures ordered at once on SQLite: what is in use at the peak, next to ${bareCalls.name}`,
      ours: megabytes(ours.live),
      floor: megabytes(bare.live),
      ratio: bare.live / ours.live,
      goal: `< ${goal} MB`,
      met: ours.live < goal,
    },
  ];
}

const cellOf = ({ live, process }: Grown): string => `${live.toFixed(0)}, ${megabytes(process)}`;

const detailsOf = (figures: readonly MemoryFigures[]): BenchDetails => ({
  text: `The same with more people: by how much the memory of a new process grew at its peak, first what is in use after a collection
of garbage, then the whole process with a heap of at most ${heapMegabytes} MB. The bare calls hold all pictures at once; Likeness holds those
of the jobs that run, 4 at a time, and a row in the database for every other one. What grows is what the presses themselves take,
which all wait at once for their turn at the database. What is in use is looked at every half second.`,
  header: ["who", ...counts.map((count) => `${count} at once`)],
  lines: figures.map(({ name, grown }) => [name, ...grown.map(cellOf)]),
  chart: {
    title: `Memory in use at the peak, ${counts.at(-1)} pictures at once`,
    bars: figures.map(({ name, grown }) => ({
      label: name,
      value: grown.at(-1)?.live ?? Number.NaN,
      text: megabytes(grown.at(-1)?.live ?? Number.NaN),
    })),
    goal: { value: goal, text: `goal on SQLite: ${goal} MB` },
  },
  figures,
});
