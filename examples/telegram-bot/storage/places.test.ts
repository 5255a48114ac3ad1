import { systemClock, uuidV7 } from "@likeness/core";
import { telegramUpdates } from "@likeness/grammy";
import { memoryStore, recordingLog } from "@likeness/testing";
import { Bot } from "grammy";
import { expect, it } from "vitest";
import { concurrencyOf } from "./places.ts";

it("the jobs of Telegram's updates have more places than others", () => {
  const clock = systemClock;
  const { store } = memoryStore({ clock });
  const bot = new Bot("123456:fake-token");
  const { handlers } = telegramUpdates({ bot, store, clock, ids: uuidV7(clock), log: recordingLog() });
  expect(Object.keys(concurrencyOf)).toStrictEqual(Object.keys(handlers));
});
