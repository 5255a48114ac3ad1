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
}

const floor: Contender = { name: "bare calls and files", decodes: false };
const sqlite: Contender = { name: "Likeness on SQLite", engine: "SQLite", decodes: true };
const contenders: readonly Contender[] = [
  floor,
  sqlite,
  { name: "Likeness on SQLite, reading headers only", engine: "SQLite", decodes: false },
  { name: "Likeness on PostgreSQL", engine: "PostgreSQL", decodes: true },
];

/** What the default ratio of a scene has. */
const size = { width: 880, height: 1_104 };
const few = 100;
const many = 400;
const rounds = 3;
const goals = { ratio: 0.1, growth: 1.5 };

interface ImageFigures {
  readonly name: string;
  /** Milliseconds from the first press until the last owner of `few` was told, median. */
  readonly milliseconds: number;
  /** Our throughput divided by that of the bare calls in the same round. */
  readonly ratio: number;
  /** By how much the memory grew at its peak, with `few` and with `many` pictures at once, in megabytes. */
  readonly extra: readonly [number, number];
}

/** Pictures that many people order at the same moment, next to the same number of HTTP calls and files alone. */
export async function benchImageOrders(): Promise<BenchPart> {
  const times = await inTurn();
  const figures: ImageFigures[] = [];
  for (const [index, contender] of contenders.entries()) {
    const own = times[index] ?? [];
    figures.push({
      name: contender.name,
      milliseconds: median(own),
      ratio: median(own.map((time, round) => (times[0]?.[round] ?? Number.NaN) / time)),
      extra: [await extraMemory(contender, few), await extraMemory(contender, many)],
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

/** In a new process, which has drawn a few before. */
const extraMemory = (contender: Contender, count: number): Promise<number> =>
  withDrawers([contender], count, async ([drawer]) => {
    await drawer?.ask({ draw: 10 });
    const drawn = await drawer?.ask({ draw: count });
    return drawn?.extraMegabytes ?? Number.NaN;
  });

type Drawer = Child<DrawerQuestion, Drawn>;

/** A process with its own database for each contender, and one that makes the pictures. */
async function withDrawers<Found>(
  chosen: readonly Contender[],
  owners: number,
  work: (drawers: readonly Drawer[]) => Promise<Found>,
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
      const drawer: Drawer = startChild("picture-drawer.ts");
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
  const [least, most] = ours.extra;
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
      name: `extra memory at the peak of ${many} pictures ordered at once on SQLite, next to ${few}`,
      ours: megabytes(most),
      floor: megabytes(least),
      ratio: most / least,
      goal: `< ${goals.growth}`,
      met: most < goals.growth * least,
    },
  ];
}

const megabytes = (value: number): string => `${value.toFixed(0)} MB`;

const detailsOf = (figures: readonly ImageFigures[]): BenchDetails => ({
  title: "Pictures",
  text: `${few} people press at once, each for one picture of ${size.width} × ${size.height} pixels; measured until the last one is told, ${rounds} times in turn.
Another process makes the pictures: it answers at once, sends a signed webhook and serves one file. The bare calls are for each
picture one POST, the webhook, one download and one file that is synced to disk, all at once, with nothing checked and nothing
remembered. Likeness also stores orders, pictures and messages, checks signatures, decodes every picture and marks it. _Memory_:
by how much that of a new process grew at its peak, with ${few} and with ${many} at once.`,
  header: ["who", "until all are told", "pictures", "ratio", `memory with ${few}`, `with ${many}`],
  lines: figures.map((contender) => [
    contender.name,
    `${(contender.milliseconds / 1_000).toFixed(2)} s`,
    perSecond(contender),
    contender.ratio.toFixed(2),
    ...contender.extra.map(megabytes),
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
