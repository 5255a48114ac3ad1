/** Telegram, fal and people in a separate process: they talk to real bots, which are elsewhere. */
import { falFake, serveFalFake } from "@likeness/fal/testing";
import { serveTelegramFake, telegramFake, type Person, type TelegramEvent } from "@likeness/grammy/testing";
import { sharpInspector } from "@likeness/sharp";
import { valueOf } from "@likeness/testing";
import sharp from "sharp";
import { answerQuestions } from "./child.ts";
import { drawPhotos, type PhotoKind } from "./drawn-photos.ts";
import { pressUntil } from "./press-until.ts";
import { inTime, onTheWay, stepsToPhotos } from "./walk.ts";

export interface OpenPeople {
  readonly token: string;
  readonly kind: PhotoKind;
  readonly photosEach: number;
}

/** Judges so many photos in this process, so many at once, with nothing around. */
export interface JudgeBare {
  readonly bare: number;
  readonly parallel: number;
}

/** People who come, make an avatar and send photos, and one who presses a button all the while. */
export interface Crowd {
  readonly people: number;
  /** The last of them comes after this. */
  readonly withinSeconds: number;
  readonly waitSeconds: number;
  /** Where the bots listen: each update goes to the next of them. */
  readonly ports: readonly number[];
}

export type PeopleQuestion = OpenPeople | JudgeBare | Crowd;

export interface PeopleUrls {
  readonly telegram: string;
  readonly fal: string;
}

export interface CrowdFigures {
  /** From the first photo that was sent until the last one was judged. */
  readonly seconds: number;
  readonly photos: number;
  /** People who had not all they wait for at the end. */
  readonly unanswered: number;
  /** Milliseconds from a press until its answer. */
  readonly presses: readonly number[];
  /** The most edits of messages that one chat saw within a minute, and within a second. */
  readonly editsAMinute: number;
  readonly editsASecond: number;
  /** Calls of the bots that Telegram refused. */
  readonly refused: number;
}

const presserId = 1;

const ports: number[] = [];
let turn = 0;
const toNextBot: typeof fetch = (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  url.port = String(ports[turn++ % ports.length] ?? url.port);
  return fetch(url, init);
};

const fal = falFake({ queueSeconds: 0, trainingSeconds: 1 });
let telegram: ReturnType<typeof telegramFake>;
let photos: readonly Buffer[] = [];

async function open({ token, kind, photosEach }: OpenPeople): Promise<PeopleUrls> {
  photos = await drawPhotos(photosEach, kind);
  telegram = telegramFake({ token, deliver: toNextBot });
  return { telegram: (await serveTelegramFake(telegram)).url, fal: (await serveFalFake(fal)).url };
}

/** Photos a second. */
async function judge({ bare, parallel }: JudgeBare): Promise<number> {
  const inspector = sharpInspector(sharp);
  const waiting = Array.from({ length: bare }, (_, index) => photos[index % photos.length] ?? Buffer.alloc(0)).values();
  const start = performance.now();
  const judgeOneByOne = async (): Promise<void> => {
    for (const photo of waiting) await valueOf(inspector.inspect(photo));
  };
  await Promise.all(Array.from({ length: parallel }, judgeOneByOne));
  return (1000 * bare) / (performance.now() - start);
}

async function meet({ people, withinSeconds, waitSeconds, ports: targets }: Crowd): Promise<CrowdFigures> {
  ports.splice(0, ports.length, ...targets);
  const { control } = telegram;
  const listeners = new Map<number, () => void>();
  const edits = new Map<number, number[]>();
  let refused = 0;
  const hear = (event: TelegramEvent): void => {
    const { chatId = 0, type } = event;
    if (type === "call" && event.answer !== "ok") refused += 1;
    if (type === "message-edited" && chatId !== presserId)
      edits.set(chatId, [...(edits.get(chatId) ?? []), performance.now()]);
    if (type === "message" || type === "message-edited" || type === "press-answered") listeners.get(chatId)?.();
  };
  const stop = control.subscribe(hear);
  const walk = (person: Person) => onTheWay(person, (listener) => listeners.set(person.id, listener));

  const presser = control.person(presserId, { firstName: "Presser", languageCode: "en" });
  const steps = stepsToPhotos([]);
  const toBoxes = steps.slice(
    0,
    steps.findIndex(({ name }) => name === "agrees"),
  );
  await inTime(walk(presser)(toBoxes), waitSeconds);
  const ending = new AbortController();
  const pressing = pressUntil(presser, ending.signal);

  const began: number[] = [];
  const judged: number[] = [];
  const walks = Array.from({ length: people }, async (_, index) => {
    await new Promise((resolve) => setTimeout(resolve, (1000 * withinSeconds * index) / people));
    const person = control.person(1_000 + index, { firstName: `P${index}`, languageCode: "en" });
    await walk(person)(stepsToPhotos(photos, () => began.push(performance.now())));
    judged.push(performance.now());
  });
  await inTime(Promise.all(walks), waitSeconds);
  ending.abort();
  const presses = await pressing;
  stop();
  return {
    seconds: (Math.max(...judged) - Math.min(...began)) / 1000,
    photos: judged.length * photos.length,
    unanswered: people - judged.length,
    presses,
    editsAMinute: most(edits, 60_000),
    editsASecond: most(edits, 1_000),
    refused,
  };
}

/** The most times of one chat within so many milliseconds. */
function most(times: ReadonlyMap<number, readonly number[]>, window: number): number {
  const counts = [...times.values()].flatMap((each) =>
    each.map((start) => each.filter((time) => time >= start && time < start + window).length),
  );
  return Math.max(0, ...counts);
}

answerQuestions((question: PeopleQuestion): Promise<PeopleUrls | number | CrowdFigures> =>
  "token" in question ? open(question) : "bare" in question ? judge(question) : meet(question),
);
