import { errAsync } from "neverthrow";
import {
  uuidV7,
  type Clock,
  type Credits,
  type JobHandlers,
  type Log,
  type Purchases,
  type Store,
} from "@likeness/core";
import { pollUpdates, starShop, telegramUpdates, type Polling } from "@likeness/grammy";
import { Bot } from "grammy";
import { account } from "../host/protocol.ts";
import { telegramProbe, type Probe } from "./with-probes.ts";

/** What is sold: as much as two pictures cost. */
export const packages = [{ credits: 20, stars: 50 }];

/** A job that can never succeed. */
export const dyingKind = "laboratory.dies";

export interface CounterOptions {
  readonly store: Store;
  readonly credits: Credits;
  readonly purchases: Purchases;
  readonly telegramUrl: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly probe: Probe;
}

export interface Counter {
  readonly handlers: JobHandlers;
  /** Begins to take updates, once the handlers run. */
  begin(): void;
  close(): Promise<void>;
}

/** Where credits are sold: the shop, whose bot polls. */
export async function openCounter({ telegramUrl, probe, ...ports }: CounterOptions): Promise<Counter> {
  const { store, clock, log } = ports;
  // Longer than Telegram holds a poll.
  const bot = new Bot(account.token, { client: { apiRoot: telegramUrl, timeoutSeconds: 60 } });
  bot.api.config.use(telegramProbe(probe));
  await bot.init();
  const shop = starShop({ ...ports, packages, support: "@support", api: bot.api });
  bot.use(shop);
  const { answerAtOnce } = shop;
  const { receive, handlers } = telegramUpdates({ bot, store, clock, ids: uuidV7(clock), log, answerAtOnce });
  let polling: Polling | undefined;
  return {
    handlers: {
      ...shop.handlers,
      ...handlers,
      [dyingKind]: () => errAsync({ type: "job-failure", permanent: true, cause: "it can never succeed" }),
    },
    begin: () => {
      polling = pollUpdates(bot.api, { receive, clock, log });
    },
    close: async () => polling?.stop(),
  };
}
