import { namesOf } from "../kill-points.ts";
import type { Names } from "../random.ts";

/** How long a provider takes for an order of a soak, in seconds. */
export interface SoakPace {
  readonly queue: number;
  readonly training: number;
  readonly picture: number;
}

/** The troubles of a provider in a soak, by name. */
export interface Troubles {
  /** How any paid request may go. */
  readonly requests: Names;
  /** How that of a picture may go: the same, and what only pictures have. */
  readonly pictures: Names;
  /** How requests that cost nothing may fail. */
  readonly faults: Names;
  /** The next paid request goes like this. */
  next(name: string, pace: SoakPace): void;
  /** The next requests of a route fail. */
  fault(name: string): void;
}

/** What these are at a provider. */
export interface TroubleTables<Behaviour, Fault> {
  readonly requests: Readonly<Record<string, Behaviour>>;
  /** What only pictures have. */
  readonly pictures: Readonly<Record<string, Behaviour>>;
  readonly faults: Readonly<Record<string, Fault>>;
}

export interface TroubleMakers<Behaviour, Fault> {
  next(behaviour: Behaviour | undefined, pace: SoakPace): void;
  fault(fault: Fault): void;
}

export function troublesOf<Behaviour, Fault>(
  { requests, pictures, faults }: TroubleTables<Behaviour, Fault>,
  { next, fault }: TroubleMakers<Behaviour, Fault>,
): Troubles {
  const ofPictures = { ...requests, ...pictures };
  return {
    requests: someOf(requests),
    pictures: someOf(ofPictures),
    faults: someOf(faults),
    next: (name, pace) => next(ofPictures[name], pace),
    fault: (name) => {
      const found = faults[name];
      if (found !== undefined) fault(found);
    },
  };
}

function someOf(table: Readonly<Record<string, unknown>>): Names {
  const [first, ...others] = namesOf(table);
  if (first === undefined) throw new Error("there is no trouble");
  return [first, ...others];
}
