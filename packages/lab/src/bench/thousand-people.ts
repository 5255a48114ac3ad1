import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchPart, BenchRow } from "./bench-part.ts";
import { startChild } from "./child.ts";
import type { PhotoKind } from "./drawn-photos.ts";
import { engines, type EngineName } from "./engines.ts";
import type { CrowdFigures, PeopleQuestion, PeopleUrls } from "./people.ts";
import { botToken, startBot, type ProcessorTime, type RealBot } from "./real-bots.ts";
import { median, percentile } from "./side-by-side.ts";

const photosEach = 10;
const goals = { ratio: 0.8, megabytes: 600, pressMilliseconds: 300, editsAMinute: 30 } as const;

/** Jobs that inspect photos at once, in each process of the bot. */
const parallel = 4;
const sampleMilliseconds = 500;

interface Scene {
  readonly engine: EngineName;
  readonly replicas: number;
  readonly kind: PhotoKind;
  readonly people: number;
  readonly withinSeconds: number;
  /** How many photos are first judged with nothing around. */
  readonly alone: number;
}

interface SceneFigures extends CrowdFigures {
  /** Photos a second that the inspector judges with nothing around it. */
  readonly bare: number;
  /** Of each process of the bot: resident memory, sampled. */
  readonly megabytes: readonly (readonly number[])[];
  /** For each photo, of all processes of the bot. */
  readonly processor: ProcessorTime;
}

/** The real bot that they come to. */
const scenes = {
  one: { engine: "SQLite", replicas: 1 },
  cluster: { engine: "PostgreSQL", replicas: 3 },
} as const;

/** People who come to the real bot within a minute and send ten photos each. Fewer people come within as much less time. */
export async function benchThousandPeople(people: number, scene: keyof typeof scenes): Promise<BenchPart> {
  const withinSeconds = (60 * people) / 1000;
  const { engine, replicas } = scenes[scene];
  const figures = await play({ engine, replicas, kind: "compressed", people, withinSeconds, alone: 200 });
  const bots = `${replicas} of the bot on ${engine}`;
  const rows = rowsOf(figures, `${people} people, ${bots}`);
  const lines = [lineOf(figures, bots)];
  return {
    rows,
    details: {
      text: `The reference bot, with Telegram, fal and the people in another process: ${people} people come within ${withinSeconds.toFixed(0)} s, each
makes an avatar and sends an album of ${photosEach} photos of 1.2 megapixels, as Telegram's apps compress them. One more person presses a button all
the while. _Bare_: the inspector alone in a process, ${parallel} photos at a time, before the bot is started. _Edits_: of the messages of
the chat that saw most of them. _Memory_: of the largest process of the bot, at its peak, and the median of the last third of the
time divided by that of the middle one. _Event loop_ and _processor_: processor time for each photo, with all around it, of that
thread and of all threads of the bot. It hardly depends on what else the machine does.`,
      header: [
        "bots",
        "photos judged",
        "bare",
        "ratio",
        "unanswered",
        "a press, 95 of 100",
        "edits a minute",
        "memory",
        "growth",
        "event loop",
        "processor",
      ],
      lines,
      chart: {
        title: `Photos judged a second, ${people} people, ${bots}`,
        bars: [
          { label: "with all around", value: judgedASecond(figures), text: `${judgedASecond(figures).toFixed(1)}/s` },
          { label: "the inspector alone", value: figures.bare, text: `${figures.bare.toFixed(1)}/s` },
        ],
        goal: { value: goals.ratio * figures.bare, text: `goal: ${goals.ratio} of it` },
      },
      figures: { people, lines },
    },
  };
}

/** One person presses a button while 200 photos of 12 megapixels are being judged. */
export async function benchPressing(): Promise<BenchPart> {
  const rows: BenchRow[] = [];
  for (const engine of Object.keys(engines) as EngineName[]) {
    const figures = await play({ engine, replicas: 1, kind: "file", people: 20, withinSeconds: 1, alone: 0 });
    const [p95, half] = [percentile(figures.presses, 95), median(figures.presses)];
    rows.push({
      name: `95 of 100 presses are answered within, on ${engine}, while ${figures.photos} photos of 12 MP are judged, next to half of them`,
      ours: `${p95.toFixed(0)} ms`,
      floor: `${half.toFixed(0)} ms`,
      ratio: Number.NaN,
      goal: `< ${goals.pressMilliseconds} ms`,
      met: p95 < goals.pressMilliseconds && figures.unanswered === 0,
    });
  }
  return { rows };
}

async function play({ engine, replicas, kind, people, withinSeconds, alone }: Scene): Promise<SceneFigures> {
  const site = await engines[engine].newSite();
  const folder = await mkdtemp(join(tmpdir(), "likeness-people-"));
  const child = startChild<PeopleQuestion, PeopleUrls | number | CrowdFigures>("people.ts");
  const bots: RealBot[] = [];
  try {
    const fakes = (await child.ask({ token: botToken, kind, photosEach })) as PeopleUrls;
    const bare = (await child.ask({ bare: alone, parallel })) as number;
    const database = await site.newDatabase();
    const databaseUrl = engine === "SQLite" ? `sqlite:${database}` : database;
    for (let count = 0; count < replicas; count += 1) bots.push(await startBot({ databaseUrl, folder, fakes }));
    const samples = bots.map((): number[] => []);
    const sampling = setInterval(
      () => bots.forEach((bot, index) => samples[index]?.push(bot.megabytes())),
      sampleMilliseconds,
    );
    // Longer than the slowest machine needs: whoever is not answered by then never is.
    const waitSeconds = 60 + people;
    const ports = bots.map(({ port }) => port);
    const used = bots.map((bot) => bot.processor());
    const asking = child.ask({ people, withinSeconds, waitSeconds, ports });
    const figures = (await asking.finally(() => clearInterval(sampling))) as CrowdFigures;
    const after = bots.map((bot) => bot.processor());
    const each = (of: keyof ProcessorTime): number =>
      after.reduce((sum, time, index) => sum + time[of] - (used[index]?.[of] ?? 0), 0) / figures.photos;
    return { ...figures, bare, megabytes: samples, processor: { loop: each("loop"), all: each("all") } };
  } finally {
    await Promise.all(bots.map((bot) => bot.stop()));
    await child.stop();
    await site.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const judgedASecond = ({ photos, seconds }: SceneFigures): number => photos / seconds;
const peak = ({ megabytes }: SceneFigures): number => Math.max(...megabytes.flat());

/** Of the process that grew most. */
const growth = ({ megabytes }: SceneFigures): number =>
  Math.max(
    ...megabytes.map((each) => {
      const third = Math.ceil(each.length / 3);
      return median(each.slice(-third)) / median(each.slice(third, 2 * third));
    }),
  );

function rowsOf(figures: SceneFigures, name: string): BenchRow[] {
  const { bare, unanswered, presses, editsAMinute } = figures;
  const [judged, memory, p95] = [judgedASecond(figures), peak(figures), percentile(presses, 95)];
  const noFloor = { floor: "", ratio: Number.NaN };
  return [
    {
      name: `${name}: photos judged, next to bare inspection`,
      ours: `${judged.toFixed(1)}/s`,
      floor: `${bare.toFixed(1)}/s`,
      ratio: judged / bare,
      goal: `≥ ${goals.ratio}`,
      met: judged / bare >= goals.ratio,
    },
    { name: `${name}: unanswered`, ours: String(unanswered), ...noFloor, goal: "0", met: unanswered === 0 },
    {
      name: `${name}: 95 of 100 presses are answered within`,
      ours: `${p95.toFixed(0)} ms`,
      ...noFloor,
      goal: `< ${goals.pressMilliseconds} ms`,
      met: p95 < goals.pressMilliseconds,
    },
    {
      name: `${name}: most edits in one chat within a minute`,
      ours: String(editsAMinute),
      ...noFloor,
      goal: `≤ ${goals.editsAMinute}`,
      met: editsAMinute <= goals.editsAMinute,
    },
    {
      name: `${name}: memory of a process at its peak`,
      ours: `${memory.toFixed(0)} MB`,
      ...noFloor,
      goal: `< ${goals.megabytes} MB`,
      met: memory < goals.megabytes,
    },
  ];
}

function lineOf(figures: SceneFigures, bots: string): string[] {
  const { bare, unanswered, presses, editsAMinute, processor } = figures;
  const judged = judgedASecond(figures);
  return [
    bots,
    `${judged.toFixed(1)}/s`,
    `${bare.toFixed(1)}/s`,
    (judged / bare).toFixed(2),
    String(unanswered),
    `${percentile(presses, 95).toFixed(0)} ms`,
    String(editsAMinute),
    `${peak(figures).toFixed(0)} MB`,
    `${growth(figures).toFixed(2)} ×`,
    `${processor.loop.toFixed(1)} ms`,
    `${processor.all.toFixed(1)} ms`,
  ];
}
