import type { Activities } from "../behind/activities.ts";
import type { TroubleName, TroubleStatus } from "../protocol.ts";
import { keepTelegramBusy } from "./keep-telegram-busy.ts";
import { killBot } from "./kill-bot.ts";
import { orderTroubles } from "./order-troubles.ts";
import { restartDatabase } from "./restart-database.ts";
import type { Audience, TroubleStage } from "./trouble.ts";
import { loseWebhook, repeatWebhook } from "./webhook-troubles.ts";

/** All troubles of this stage. */
export interface Troubles {
  all(): readonly TroubleStatus[];
  /** False if this stage has no such trouble, or if it cannot be started now. */
  set(name: TroubleName, armed: boolean, bot?: string): boolean;
  /** Calls back when the state of one changes; returns a function that unsubscribes. */
  subscribe(listener: () => void): () => void;
}

export function openTroubles(stage: TroubleStage, activities: Pick<Activities, "add">): Troubles {
  const listeners = new Set<() => void>();
  const audience: Audience = {
    changed: () => listeners.forEach((listener) => listener()),
    tell: (line) => activities.add({ kind: "trouble", line, trouble: false }),
  };
  const troubles = [
    loseWebhook(stage, audience),
    repeatWebhook(stage, audience),
    ...orderTroubles(stage, audience),
    keepTelegramBusy(stage, audience),
    ...stage.bots.map((bot) => killBot(bot, audience)),
    ...(stage.database ? [restartDatabase(stage.database, audience)] : []),
  ];
  return {
    all: () => troubles.map(({ name, bot, state }) => ({ name, bot, state: state() })),
    set: (name, armed, bot) => {
      const trouble = troubles.find((candidate) => candidate.name === name && candidate.bot === bot);
      if (!trouble || trouble.state() === "busy") return false;
      trouble.set(armed);
      return true;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
