import { behaviours, type Behaviour } from "./behaviours.ts";
import type { KindName } from "./kinds.ts";
import { erasurePoints, paymentPoints, type PeoplePoint } from "./people/points.ts";

/** The state of an order at a kill point, in numbers. */
export interface Traces {
  readonly posts: number;
  readonly ends: number;
  /** Messages about its outcome that were received. */
  readonly told: number;
}

interface Point {
  /** A description of what is done and what is not. */
  readonly where: string;
  /** The state that a process that dies here has certainly left of an order; `nothing`: none is stored. */
  readonly left: Partial<Traces> | "nothing";
  /** The behaviours of the provider that matter here; all when absent. */
  readonly with?: readonly Behaviour[];
  /** The kinds of order that reach it; all when absent. */
  readonly of?: readonly KindName[];
}

/** What comes before the line is the same, whatever the provider does. */
const usual: readonly Behaviour[] = ["normal"];

/** The provider only answers when it is asked. */
const asked: readonly Behaviour[] = ["webhook lost"];

/** After the end, it matters only how the end was learned. */
const learned: readonly Behaviour[] = ["normal", "webhook lost", "webhook twice"];

const pointsIn = <Name extends string>(kind: KindName, points: Readonly<Record<Name, PeoplePoint>>) =>
  Object.fromEntries(
    Object.entries<PeoplePoint>(points).map(([name, { where }]) => [
      name,
      { where, left: {}, with: usual, of: [kind] },
    ]),
  ) as unknown as Readonly<Record<Name, Point>>;

/** The points at which a process is killed, in the order in which an order reaches them. */
export const killPoints = {
  P0a: {
    where: "credits are reserved, nothing is stored",
    left: "nothing",
    with: usual,
  },
  P0: {
    where: "inside the transaction that orders, before its commit",
    left: "nothing",
  },
  P1: {
    where: "the order is committed, its owner was not told",
    left: { posts: 0 },
  },
  P1b: {
    where: "the submit job is claimed, the line not crossed",
    left: { posts: 0 },
  },
  P1c: {
    where: "its files are about to be uploaded",
    left: { posts: 0 },
    with: usual,
    of: ["training", "variation", "upscale"],
  },
  P1d: {
    where: "its files are uploaded, nothing of it is noted",
    left: { posts: 0 },
    with: usual,
    of: ["training", "variation", "upscale"],
  },
  P2: {
    where: "the line is crossed and committed, nothing was sent",
    left: { posts: 0 },
  },
  P3: {
    where: "the provider has answered the one POST, nothing of it is noted",
    left: { posts: 1 },
  },
  P3b: {
    where: "inside the transaction that notes the answer, before its commit",
    left: { posts: 1 },
  },
  P4: {
    where: "the answer is noted and committed",
    left: { posts: 1 },
  },
  P4a: {
    where: "the provider is about to be asked how the order stands",
    left: { posts: 1 },
    with: asked,
  },
  P4b: {
    where: "the provider has said how the order stands, nothing of it is noted",
    left: { posts: 1 },
    with: asked,
  },
  P6: {
    where: "inside the transaction that stores the webhook, before its commit",
    left: { posts: 1 },
  },
  P5: {
    where: "the webhook is committed, the provider has no 200 yet",
    left: { posts: 1 },
  },
  P7: {
    where: "inside the transaction that ends the order, before its commit",
    left: { posts: 1, ends: 0 },
  },
  P8: {
    where: "the end is committed, its job is not done",
    left: { posts: 1, ends: 1 },
  },
  P8a: {
    where: "a file of the outcome is about to be fetched",
    left: { posts: 1, ends: 1 },
    with: learned,
  },
  P8b: {
    where: "the provider has begun to send the file, nothing of it was read",
    left: { posts: 1, ends: 1 },
    with: learned,
  },
  P8c: {
    where: "the picture is there, nobody has looked at it",
    left: { posts: 1, ends: 1 },
    with: learned,
    of: ["image", "variation", "upscale", "first-look"],
  },
  P8d: {
    where: "the picture is judged, nothing of it is noted",
    left: { posts: 1, ends: 1 },
    with: learned,
    of: ["image", "variation", "upscale", "first-look"],
  },
  P8e: {
    where: "the file is about to be stored",
    left: { posts: 1, ends: 1 },
    with: learned,
  },
  P8f: {
    where: "the file is stored, no row names it",
    left: { posts: 1, ends: 1 },
    with: learned,
  },
  P8g: {
    where: "credits are about to be captured or released",
    left: { posts: 1, ends: 1 },
    with: learned,
  },
  P8h: {
    where: "credits are captured or released, the row does not say that nothing is left to do",
    left: { posts: 1, ends: 1 },
    with: learned,
  },
  P8i: {
    where: "inside the transaction that finishes the order, before its commit",
    left: { posts: 1, ends: 1 },
    with: learned,
  },
  P8j: {
    where: "the order is finished and committed, its job is not done",
    left: { posts: 1, ends: 1 },
    with: learned,
  },
  P8k: {
    where: "it is noted that this order uploads the weights for all, nothing is uploaded",
    left: { posts: 1, ends: 1 },
    of: ["gone-link"],
  },
  P8l: {
    where: "the weights are uploaded, nobody knows their link",
    left: { posts: 1, ends: 1 },
    of: ["gone-link"],
  },
  P8m: {
    where: "inside the transaction that places the order again, before its commit",
    left: { posts: 1, ends: 1 },
    of: ["gone-link"],
  },
  P8n: {
    where: "it is placed again and committed, the job of the first one is not done",
    left: { posts: 1, ends: 1 },
    of: ["gone-link"],
  },
  P9a: {
    where: "the message is noted as under way, Telegram was not called",
    left: { ends: 1, told: 0 },
  },
  P9: {
    where: "Telegram has said OK, nothing of it is noted",
    left: { ends: 1, told: 1 },
  },
  ...pointsIn("payment", paymentPoints),
  ...pointsIn("erasure", erasurePoints),
} as const satisfies Record<string, Point>;

export type KillPoint = keyof typeof killPoints;

/** The kill points while a webhook is being stored. */
export const storing: readonly KillPoint[] = ["P6", "P5"];

/** The points of a picture that is made from another one: where it differs, and one of each step. */
const fromPicture: readonly KillPoint[] = [
  "P0",
  "P1b",
  "P1c",
  "P1d",
  "P2",
  "P3",
  "P4b",
  "P7",
  "P8b",
  "P8d",
  "P8f",
  "P8h",
  "P8j",
  "P9",
];

/** The kinds that are killed only where they differ from trainings and pictures of a scene, or once in each step. */
const onlyAt: Partial<Record<KindName, readonly KillPoint[]>> = {
  variation: fromPicture,
  upscale: fromPicture,
  "first-look": ["P7", "P8", "P8c", "P8d", "P8j", "P9a", "P9"],
  payment: Object.keys(paymentPoints) as KillPoint[],
  erasure: Object.keys(erasurePoints) as KillPoint[],
  "gone-link": ["P7", "P8k", "P8l", "P8m", "P8n", "P8j", "P9a", "P9"],
};

/** The kill points at which an order of a kind is killed. */
export const pointsOf = (kind: KindName): KillPoint[] =>
  namesOf(killPoints).filter((name) => {
    const { of: those = [kind] }: Point = killPoints[name];
    return those.includes(kind) && (onlyAt[kind]?.includes(name) ?? true);
  });

/** The behaviours of the provider that matter at a kill point. */
export const behavioursAt = (point: KillPoint, kind: KindName): readonly Behaviour[] => {
  const { with: some = behaviours }: Point = killPoints[point];
  return onlyAt[kind] ? some.filter((behaviour) => learnedTwice.includes(behaviour)) : some;
};

/** For those kinds, the end is learned by webhook or by a look. */
const learnedTwice: readonly Behaviour[] = ["normal", "webhook lost"];

/** The points of a payment at which a message was sent, and nothing of that is stored: it is sent again. */
export const doublingPayments: readonly KillPoint[] = ["M10", "M21"];

/**
 * After an attempt whose process died, the message waits this long, because another process may be sending it. Longer
 * than a call to Telegram may take here.
 */
export const messageHeldSeconds = 20;

/** `Object.keys` that keeps what the compiler knows. */
export const namesOf = <Name extends string>(table: Readonly<Record<Name, unknown>>): Name[] =>
  Object.keys(table) as Name[];
