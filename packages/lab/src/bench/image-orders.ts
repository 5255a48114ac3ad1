import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchDetails, BenchPart, BenchRow } from "./bench-part.ts";
import { startChild, type Child } from "./child.ts";
import { engines, type EngineName } from "./engines.ts";
import type { Drawn, DrawerQuestion } from "./picture-drawer.ts";
import type { MakerQuestion } from "./picture-maker.ts";
import { median } from "./side-by-side.ts";
import type { Site } from "./storage.ts";

interface Contender {
  readonly name: string;
  /** Absent: the bare calls. */
  readonly engine?: EngineName;
  readonly decodes: boolean;
  /** Whether its memory is measured. */
  readonly isWeighed: boolean;
}

const floor: Contender = { name: "bare calls and files", decodes: false, isWeighed: true };
const sqlite: Contender = { name: "Likeness on SQLite", engine: "SQLite", decodes: true, isWeighed: true };
const contenders: readonly Contender[] = [
  floor,
  sqlite,
  { name: "Likeness on SQLite, reading headers only", engine: "SQLite", decodes: false, isWeighed: false },
  { name: "Likeness on PostgreSQL", engine: "PostgreSQL", decodes: true, isWeighed: true },
];

/** What the default ratio of a scene has. */
const size = { width: 880, height: 1_104 };
const few = 100;
const counts = [few, 400, 1_600] as const;
const rounds = 3;
const heapMegabytes = 96;
const goals = { ratio: 0.1, megabytes: 100 };

interface ImageFigures {
  readonly name: string;
  /** Milliseconds from the first press until the last owner of `few` was told, median. */
  readonly milliseconds: number;
  /** Our throughput divided by that of the bare calls in the same round. */
  readonly ratio: number;
  /** How much more memory so many pictures at once take. */
  readonly memory: readonly Grown[];
}

/** By how much memory grew at its peak, in megabytes. */
interface Grown {
  readonly count: number;
  /** What is in use. */
  readonly live: number;
  /** The process, whose heap is small. */
  readonly process: number;
}

/** Pictures that many people order at the same moment, next to the same number of HTTP calls and files alone. */
export async function benchImageOrders(): Promise<BenchPart> {
  const times = await inTurn();
  const figures: ImageFigures[] = [];
  for (const [index, contender] of contenders.entries()) {
    const own = times[index] ?? [];
    const memory: Grown[] = [];
    for (const count of contender.isWeighed ? counts : []) memory.push(await memoryGrowth(contender, count));
    figures.push({
      name: contender.name,
      milliseconds: median(own),
      ratio: median(own.map((time, round) => (times[0]?.[round] ?? Number.NaN) / time)),
      memory,
    });
  }
  return { rows: rowsOf(figures), details: detailsOf(figures) };
}

/** All contenders in rounds, so that other load of the machine affects all equally; the order is reversed each time. */
async function inTurn(): Promise<number[][]> {
  return withDrawers(contenders, few, async (drawers) => {
    for (const drawer of drawers) await drawer.ask({ draw: few });
    const times = drawers.map((): number[] => []);
    for (let round = 0; round < rounds; round++) {
      const entries = [...drawers.entries()];
      for (const [index, drawer] of round % 2 === 0 ? entries : entries.toReversed())
        times[index]?.push((await drawer.ask({ draw: few })).milliseconds);
    }
    return times;
  });
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

type Drawer = Child<DrawerQuestion, Drawn>;

/** A process with its own database for each contender, and one that makes the pictures. */
async function withDrawers<Found>(
  chosen: readonly Contender[],
  owners: number,
  work: (drawers: readonly Drawer[]) => Promise<Found>,
  execArgv: readonly string[] = [],
): Promise<Found> {
  const folder = await mkdtemp(join(tmpdir(), "likeness-bench-"));
  const children: Child<never, unknown>[] = [];
  const sites: Site[] = [];
  try {
    const making: Child<MakerQuestion, string> = startChild("picture-maker.ts");
    children.push(making);
    const maker = await making.ask(size);
    const drawers: Drawer[] = [];
    for (const [index, { engine, decodes }] of chosen.entries()) {
      const site = await engines[engine ?? "SQLite"].newSite();
      sites.push(site);
      const drawer: Drawer = startChild("picture-drawer.ts", execArgv);
      children.push(drawer);
      drawers.push(drawer);
      const own = await mkdtemp(join(folder, `${index}-`));
      await drawer.ask({
        ...(engine && { engine }),
        database: await site.newDatabase(),
        folder: own,
        maker,
        decodes,
        owners,
      });
    }
    return await work(drawers);
  } finally {
    for (const child of children) child.stop();
    for (const site of sites) await site.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const perSecond = ({ milliseconds }: ImageFigures): string => `${((1_000 * few) / milliseconds).toFixed(1)}/s`;

function rowsOf(figures: readonly ImageFigures[]): BenchRow[] {
  const [bare, ours] = [floor, sqlite].map((contender) => figures.find(({ name }) => name === contender.name));
  if (!bare || !ours) return [];
  const [most] = ours.memory.slice(-1);
  const [bareMost] = bare.memory.slice(-1);
  if (!most || !bareMost) return [];
  return [
    {
      name: `${few} pictures ordered at once on SQLite, from the press until all are told, next to ${floor.name}`,
      ours: perSecond(ours),
      floor: perSecond(bare),
      ratio: ours.ratio,
      goal: `≥ ${goals.ratio}`,
      met: ours.ratio >= goals.ratio,
    },
    {
      name: `${most.count} pictures ordered at once on SQLite: extra memory at the peak, next to ${floor.name}`,
      ours: megabytes(most.process),
      floor: megabytes(bareMost.process),
      ratio: bareMost.process / most.process,
      goal: `< ${goals.megabytes} MB`,
      met: most.process < goals.megabytes,
    },
  ];
}

const megabytes = (value: number): string => `${value.toFixed(0)} MB`;

const cellOf = (grown: Grown | undefined): string =>
  grown ? `${grown.live.toFixed(0)}, ${megabytes(grown.process)}` : "";

const detailsOf = (figures: readonly ImageFigures[]): BenchDetails => ({
  title: "Pictures",
  text: `${few} people press at once, each for one picture of ${size.width} × ${size.height} pixels; measured until the last one is told, ${rounds} times in turn.
Another process makes the pictures: it answers at once, sends a signed webhook and serves one file. The bare calls are for each
picture one POST, the webhook, one download and one file that is synced to disk, all at once, with nothing checked and nothing
remembered. Likeness also stores orders, pictures and messages, checks signatures, decodes every picture and marks it. _Memory_:
by how much that of a new process grew at its peak with so many pictures at once, first what is in use after a collection
of garbage, then the whole process with a heap of at most ${heapMegabytes} MB. The bare calls hold all pictures at once; Likeness holds those
of the jobs that run, 4 at a time, and a row in the database for every other one.`,
  header: [
    "who",
    "until all are told",
    "pictures",
    "ratio",
    ...counts.map((count, index) => (index === 0 ? `memory with ${count}` : `with ${count}`)),
  ],
  lines: figures.map((contender) => [
    contender.name,
    `${(contender.milliseconds / 1_000).toFixed(2)} s`,
    perSecond(contender),
    contender.ratio.toFixed(2),
    ...counts.map((count) => cellOf(contender.memory.find((grown) => grown.count === count))),
  ]),
  chart: {
    title: "Pictures ordered at once, until all are told",
    bars: figures.map((contender) => ({
      label: contender.name,
      value: (1_000 * few) / contender.milliseconds,
      text: perSecond(contender),
    })),
    goal: {
      value: (goals.ratio * 1_000 * few) / (figures[0]?.milliseconds ?? Number.NaN),
      text: `goal on SQLite: ${goals.ratio} × the bare calls`,
    },
  },
  figures,
});
