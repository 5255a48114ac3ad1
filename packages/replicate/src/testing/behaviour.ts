/**
 * How a run ends. `flagged`: Replicate's filter took the picture out. `black`: the picture has no content, as some models
 * make it in place of one that they flag. `input-gone`: the weights of a picture could not be read. `never`: it stays in
 * the queue until it is moved.
 */
export type ReplicateFakeOutcome =
  "succeeded" | "failed" | "flagged" | "black" | "input-gone" | "canceled" | "aborted" | "never";

/** How a paid request is answered: as Replicate does, with an error, or not at all, before or after it was accepted. */
export type ReplicateFakeSubmit =
  | "accept"
  | "drop-before-accepting"
  | "drop-after-accepting"
  | "504-after-accepting"
  | { readonly status: number; readonly detail?: string | undefined; readonly retryAfter?: number | undefined };

export interface ReplicateFakeBehaviour {
  readonly submit?: ReplicateFakeSubmit | undefined;
  readonly outcome?: ReplicateFakeOutcome | undefined;
  /** `before-answer`: the run has ended, and its webhook was sent, before the paid request is answered. */
  readonly webhook?: "once" | "twice" | "none" | "before-answer" | undefined;
  /** Seconds in the queue, and running. */
  readonly queueSeconds?: number | undefined;
  readonly runSeconds?: number | undefined;
  /** Length of the log when it ends. Replicate's are long, and each webhook has the whole. */
  readonly logBytes?: number | undefined;
}

export type Behaviour = Required<{ [Name in keyof ReplicateFakeBehaviour]: NonNullable<ReplicateFakeBehaviour[Name]> }>;

/** The behaviour of the next request, or of all. */
export function behaviours(usual: Behaviour) {
  let always = usual;
  const next: ReplicateFakeBehaviour[] = [];
  return {
    always: (behaviour: ReplicateFakeBehaviour): void => {
      always = { ...always, ...defined(behaviour) };
    },
    next: (behaviour: ReplicateFakeBehaviour): void => void next.push(behaviour),
    take: (): Behaviour => ({ ...always, ...defined(next.shift() ?? {}) }),
  };
}

const defined = (behaviour: ReplicateFakeBehaviour): Partial<Behaviour> =>
  Object.fromEntries(Object.entries(behaviour).filter(([, value]) => value !== undefined));
