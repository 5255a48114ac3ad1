import type { TroubleName, TroubleState, TroubleStatus } from "../protocol.ts";
import type { Troubles } from "../trouble/open-troubles.ts";

/** Troubles that only change their state, without an effect. */
export interface ScriptedTroubles extends Troubles {
  become(name: TroubleName, state: TroubleState, bot?: string): void;
}

/** Each of several bots has its own trouble `kill`. */
export function scriptedTroubles(names: readonly TroubleName[], bots: readonly string[] = []): ScriptedTroubles {
  const listeners = new Set<() => void>();
  let all = names.flatMap((name): TroubleStatus[] =>
    name === "bot-killed" && bots.length > 0
      ? bots.map((bot) => ({ name, bot, state: "off" }))
      : [{ name, state: "off" }],
  );
  const become: ScriptedTroubles["become"] = (name, state, bot) => {
    all = all.map((trouble) => (trouble.name === name && trouble.bot === bot ? { ...trouble, state } : trouble));
    for (const listener of listeners) listener();
  };
  return {
    all: () => all,
    set: (name, armed, bot) => {
      const found = all.find((trouble) => trouble.name === name && trouble.bot === bot);
      if (!found || found.state === "busy") return false;
      become(name, armed ? "armed" : "off", bot);
      return true;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    become,
  };
}
