import type { FalFakeRefusal } from "../queue/behaviours.ts";
import type { RouteName } from "./call.ts";

/** `drop` resets the connection. */
export type FalFakeFault = "drop" | FalFakeRefusal;

export interface Faults {
  /** Makes the next requests to a route, this many, fail with this fault. */
  add(route: RouteName, fault: FalFakeFault, times: number): void;
  take(route: RouteName): FalFakeFault | undefined;
  snapshot(): readonly WaitingFault[];
}

export interface WaitingFault {
  readonly route: RouteName;
  readonly fault: FalFakeFault;
}

export function faults(kept: readonly WaitingFault[] = []): Faults {
  const waiting = [...kept];
  return {
    add: (route, fault, times) => {
      for (let count = 0; count < times; count++) waiting.push({ route, fault });
    },
    take: (route) => {
      const index = waiting.findIndex((candidate) => candidate.route === route);
      return index < 0 ? undefined : waiting.splice(index, 1)[0]?.fault;
    },
    snapshot: () => waiting,
  };
}
