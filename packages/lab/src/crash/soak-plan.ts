import type { TelegramFaultAnswer } from "@likeness/grammy/testing";
import type { PictureSource } from "./host/protocol.ts";
import { kinds } from "./kinds.ts";
import { between, pick } from "./random.ts";
import type { SoakPace, Troubles } from "./vendors/troubles.ts";

const sources: readonly [PictureSource, ...PictureSource[]] = ["scene", "again", "variation"];

/** Faults of Telegram. Only `apply-then-drop` can double a message: the bot cannot know that it was delivered. */
const telegramTroubles: readonly [TelegramFaultAnswer, ...TelegramFaultAnswer[]] = [
  { error_code: 429, retry_after: 1 },
  { error_code: 502, html: true },
  { delayMs: 500 },
  "drop",
  "apply-then-drop",
];

/** How one paid request goes: the name of a trouble, and how long the provider takes. */
export interface SoakRequest {
  readonly trouble: string;
  readonly pace: SoakPace;
}

/** One action of a soak, drawn from the seed. */
export type SoakStep =
  | { readonly type: "order"; readonly request: SoakRequest }
  /** `owner`: which of those whose avatar is ready, from 0 up to 1. One request for each picture of a set. */
  | {
      readonly type: "pictures";
      readonly owner: number;
      readonly from: PictureSource;
      readonly requests: readonly SoakRequest[];
    }
  | { readonly type: "kill"; readonly replica: number; readonly awaySeconds: number }
  | { readonly type: "restart-database" }
  | { readonly type: "provider-fault"; readonly fault: string }
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
  "provider-fault": 5,
  "telegram-fault": 5,
};

const paceOf = (random: () => number): SoakPace => ({
  queue: between(random, 0, 1),
  training: between(random, 0, 4),
  picture: between(random, 0, 2),
});

export interface PlanOptions {
  readonly random: () => number;
  readonly seconds: number;
  readonly replicas: number;
  readonly troubles: Pick<Troubles, "requests" | "pictures" | "faults">;
}

/** The plan of a whole soak: the same for the same seed and length. */
export function soakPlan({ random, seconds, replicas, troubles }: PlanOptions): TimedStep[] {
  const draw: Record<SoakStep["type"], () => SoakStep> = {
    order: () => ({ type: "order", request: { pace: paceOf(random), trouble: pick(random, troubles.requests) } }),
    pictures: () => ({
      type: "pictures",
      owner: random(),
      from: pick(random, sources),
      requests: Array.from({ length: kinds.image.orders }, () => ({
        pace: paceOf(random),
        trouble: pick(random, troubles.pictures),
      })),
    }),
    kill: () => ({
      type: "kill",
      replica: Math.floor(random() * replicas),
      awaySeconds: between(random, 0, 2),
    }),
    "restart-database": () => ({ type: "restart-database" }),
    "provider-fault": () => ({ type: "provider-fault", fault: pick(random, troubles.faults) }),
    "telegram-fault": () => ({ type: "telegram-fault", answer: pick(random, telegramTroubles) }),
  };
  const steps: TimedStep[] = [];
  for (const type of Object.keys(pace) as SoakStep["type"][])
    for (let at = Math.min(pace[type], seconds) * random(); at < seconds; at += pace[type] * between(random, 0.2, 1.8))
      steps.push({ seconds: at, step: draw[type]() });
  return steps.toSorted((left, right) => left.seconds - right.seconds);
}
