import type { Json } from "@likeness/core";
import type { Endpoint } from "../models/endpoints.ts";
import type { FalFakePicture } from "../pictures/picture-file.ts";

/** How a job ends. `error` is a 422 with a `detail` list, as a trainer that dislikes its input answers. */
export const outcomes = [
  "ok",
  "error",
  "content-blocked",
  "input-gone",
  "ok-without-payload",
  "error-without-payload",
  "never",
] as const;

/**
 * `content-blocked` is a 422 `content_policy_violation`, `input-gone` a 422 `file_download_error` about the weights.
 * `…-without-payload` is about the webhook (`payload: null` with `payload_error`): the result itself is still there to
 * be fetched. A `never` job runs until it is cancelled or finished by `control.finish`.
 */
export type FalFakeOutcome = (typeof outcomes)[number];

/** The submit is refused: nothing runs, nothing is billed. */
export interface FalFakeRefusal {
  /** 400 to 599. */
  readonly status: number;
  /** What fal says with that status when absent. */
  readonly body?: Json | undefined;
  /** Seconds, sent as `Retry-After`. */
  readonly retryAfter?: number | undefined;
}

export const losses = [
  "drop-before-accepting",
  "drop-after-accepting",
  "504-after-accepting",
  "hang-after-accepting",
  "garbage-after-accepting",
] as const;

/**
 * `content-blocked` refuses the input with a 422 `content_policy_violation`. `drop` resets the connection, `hang` never
 * answers, `garbage` is a 200 that is not JSON.
 */
export type FalFakeSubmit = "accept" | "content-blocked" | FalFakeRefusal | (typeof losses)[number];

export const simpleWebhooks = ["once", "lost", "held", "before-answer", "garbled"] as const;

/**
 * When and how often the outcome is announced. `held` waits for `control.release`; `before-answer` finishes the job and
 * delivers before the submit itself is answered; `garbled` is validly signed but no JSON; `late` are seconds after the
 * end of the job.
 */
export type FalFakeWebhook =
  | (typeof simpleWebhooks)[number]
  | { readonly repeat: number; readonly parallel?: boolean | undefined }
  | { readonly late: number };

/** What submits are for. */
export type FalFakeOrders = "trainings" | "pictures";

const ordersAt = { trainer: "trainings", generator: "pictures" } as const satisfies Record<
  Endpoint["kind"],
  FalFakeOrders
>;

/** The behaviour of one submit and its job. The defaults are a success. */
export interface FalFakeBehaviour {
  /** Which submits it is for, others are not affected. Default: all. */
  readonly only?: FalFakeOrders | undefined;
  readonly submit?: FalFakeSubmit | undefined;
  readonly outcome?: FalFakeOutcome | undefined;
  readonly webhook?: FalFakeWebhook | undefined;
  /** Whether a cancelled job really stops. fal answers 202 either way. */
  readonly cancel?: "stops" | "ignored" | undefined;
  /** Requests ahead of it at first; counts down to 0 while it waits. Default: how many really wait before it. */
  readonly queuePosition?: number | undefined;
  readonly queueSeconds?: number | undefined;
  readonly trainingSeconds?: number | undefined;
  /** How long a picture takes. Default: as long as a training, at most 2. */
  readonly imageSeconds?: number | undefined;
  /** What the pictures are that it makes. */
  readonly picture?: FalFakePicture | undefined;
}

/** A behaviour with all defaults filled in, except for the position. */
export type CompleteBehaviour = Required<Omit<FalFakeBehaviour, "only" | "queuePosition">> &
  Pick<FalFakeBehaviour, "queuePosition">;

export interface Behaviours {
  /** For one submit; several calls are queued. Returns how to take it back. */
  next(behaviour: FalFakeBehaviour): () => void;
  /** For every submit from now on, instead of the previous one. */
  always(behaviour: FalFakeBehaviour): void;
  take(endpoint: Endpoint): CompleteBehaviour;
  snapshot(): BehavioursSnapshot;
}

export interface BehavioursSnapshot {
  readonly upcoming: readonly FalFakeBehaviour[];
  readonly standing: FalFakeBehaviour;
}

const mostImageSeconds = 2;

/** `undefined` fields get their defaults. */
const given = ({ only: _for, ...behaviour }: FalFakeBehaviour = {}): Given =>
  Object.fromEntries(Object.entries(behaviour).filter(([, value]) => value !== undefined));

type Given = {
  readonly [Field in keyof Omit<FalFakeBehaviour, "only">]?: Exclude<FalFakeBehaviour[Field], undefined>;
};

export function behaviours(
  pace: Pick<FalFakeBehaviour, "imageSeconds"> & Pick<CompleteBehaviour, "queueSeconds" | "trainingSeconds">,
  kept: BehavioursSnapshot = { upcoming: [], standing: {} },
): Behaviours {
  let { upcoming, standing } = kept;
  const without = (taken: FalFakeBehaviour | undefined) => upcoming.filter((behaviour) => behaviour !== taken);
  return {
    next: (behaviour) => {
      // A copy, so that the same behaviour can be queued twice.
      const queued = { ...behaviour };
      upcoming = [...upcoming, queued];
      return () => void (upcoming = without(queued));
    },
    always: (behaviour) => void (standing = behaviour),
    take: ({ kind }) => {
      const isFor = ({ only = ordersAt[kind] }: FalFakeBehaviour): boolean => only === ordersAt[kind];
      const next = upcoming.find(isFor);
      upcoming = without(next);
      const wanted = { ...pace, ...given(isFor(standing) ? standing : {}), ...given(next) };
      const imageSeconds = wanted.imageSeconds ?? Math.min(mostImageSeconds, wanted.trainingSeconds);
      return {
        submit: "accept",
        outcome: "ok",
        webhook: "once",
        cancel: "stops",
        picture: "drawn",
        ...wanted,
        imageSeconds,
      };
    },
    snapshot: () => ({ upcoming, standing }),
  };
}
