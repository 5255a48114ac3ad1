import type { TroubleName, TroubleState } from "../protocol.ts";
import type { Troubles } from "../trouble/open-troubles.ts";

/** Troubles that are only switches: nothing goes wrong. */
export interface ScriptedTroubles extends Troubles {
  become(name: TroubleName, state: TroubleState): void;
}

export function scriptedTroubles(names: readonly TroubleName[]): ScriptedTroubles {
  const states = new Map<TroubleName, TroubleState>(names.map((name) => [name, "off"]));
  const listeners = new Set<() => void>();
  const become = (name: TroubleName, state: TroubleState): void => {
    states.set(name, state);
    for (const listener of listeners) listener();
  };
  return {
    all: () => [...states].map(([name, state]) => ({ name, state })),
    set: (name, armed) => {
      const possible = states.has(name) && states.get(name) !== "busy";
      if (possible) become(name, armed ? "armed" : "off");
      return possible;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    become,
  };
}
