import type { FalFakeBehaviour, FalFakeControl } from "@likeness/fal/testing";
import type { TelegramFaultAnswer } from "@likeness/grammy/testing";
import type { PictureSource } from "./host/protocol.ts";
import { kinds } from "./kinds.ts";
import { between, pick } from "./random.ts";
import { falBehaviours } from "./vendors/open-fal.ts";

/** The behaviours of fal in the soak: those of the matrix, and worse ones. */
const behaviours: readonly [FalFakeBehaviour, ...FalFakeBehaviour[]] = [
  {},
  ...Object.values(falBehaviours),
  { submit: { status: 429, retryAfter: 1 } },
  { submit: "hang-after-accepting" },
  { submit: "garbage-after-accepting" },
  { submit: "drop-before-accepting" },
  { outcome: "error" },
  { outcome: "ok-without-payload" },
  { webhook: { late: 5 } },
  { webhook: "garbled" },
];

/** Those of a picture: the same, and what only pictures have. */
const ofPictures: readonly [FalFakeBehaviour, ...FalFakeBehaviour[]] = [
  ...behaviours,
  { picture: "flagged" },
  { picture: "flagged", webhook: "lost" },
  { picture: "black" },
  { picture: "unflagged" },
  { picture: "truncated" },
  { picture: "html" },
  { outcome: "content-blocked" },
  { outcome: "input-gone" },
  { submit: "content-blocked" },
];

const sources: readonly [PictureSource, ...PictureSource[]] = ["scene", "again", "variation"];

const faults: readonly [Parameters<FalFakeControl["fault"]>, ...Parameters<FalFakeControl["fault"]>[]] = [
  ["status", { status: 503 }, 3],
  ["result", { status: 500 }, 2],
  ["history", { status: 502 }, 2],
  ["upload-initiate", "drop", 2],
  ["upload-bytes", { status: 503 }, 1],
  ["files", "drop", 2],
  ["jwks", { status: 503 }, 2],
];

/** Faults of Telegram. Only `apply-then-drop` can double a message: the bot cannot know that it was delivered. */
const telegramTroubles: readonly [TelegramFaultAnswer, ...TelegramFaultAnswer[]] = [
  { error_code: 429, retry_after: 1 },
  { error_code: 502, html: true },
  { delayMs: 500 },
  "drop",
  "apply-then-drop",
];

/** One action of a soak and its time, drawn from the seed. */
export type SoakStep =
  | { readonly type: "order"; readonly behaviour: FalFakeBehaviour }
  /** `owner`: which of those whose avatar is ready, from 0 up to 1. One behaviour for each picture of a set. */
  | {
      readonly type: "pictures";
      readonly owner: number;
      readonly from: PictureSource;
      readonly behaviours: readonly FalFakeBehaviour[];
    }
  | { readonly type: "kill"; readonly replica: number; readonly awaySeconds: number }
  | { readonly type: "restart-database" }
  | { readonly type: "fal-fault"; readonly fault: Parameters<FalFakeControl["fault"]> }
  | { readonly type: "telegram-fault"; readonly answer: TelegramFaultAnswer };

export interface TimedStep {
  /** From the start. */
  readonly seconds: number;
  readonly step: SoakStep;
}

/** How often each happens, in seconds. */
const pace: Readonly<Record<SoakStep["type"], number>> = {
  order: 2,
  pictures: 3,
  kill: 3,
  "restart-database": 20,
  "fal-fault": 5,
  "telegram-fault": 5,
};

const paceOf = (random: () => number): FalFakeBehaviour => ({
  queueSeconds: between(random, 0, 1),
  trainingSeconds: between(random, 0, 4),
  imageSeconds: between(random, 0, 2),
});

export interface PlanOptions {
  readonly random: () => number;
  readonly seconds: number;
  readonly replicas: number;
}

/** The plan of a whole soak: the same for the same seed and length. */
export function soakPlan({ random, seconds, replicas }: PlanOptions): TimedStep[] {
  const draw: Record<SoakStep["type"], () => SoakStep> = {
    order: () => ({ type: "order", behaviour: { ...paceOf(random), ...pick(random, behaviours) } }),
    pictures: () => ({
      type: "pictures",
      owner: random(),
      from: pick(random, sources),
      behaviours: Array.from({ length: kinds.image.orders }, () => ({
        ...paceOf(random),
        ...pick(random, ofPictures),
      })),
    }),
    kill: () => ({
      type: "kill",
      replica: Math.floor(random() * replicas),
      awaySeconds: between(random, 0, 2),
    }),
    "restart-database": () => ({ type: "restart-database" }),
    "fal-fault": () => ({ type: "fal-fault", fault: pick(random, faults) }),
    "telegram-fault": () => ({ type: "telegram-fault", answer: pick(random, telegramTroubles) }),
  };
  const steps: TimedStep[] = [];
  for (const type of Object.keys(pace) as SoakStep["type"][])
    for (let at = Math.min(pace[type], seconds) * random(); at < seconds; at += pace[type] * between(random, 0.2, 1.8))
      steps.push({ seconds: at, step: draw[type]() });
  return steps.toSorted((left, right) => left.seconds - right.seconds);
}
