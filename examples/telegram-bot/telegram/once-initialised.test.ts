import { addSeconds, type ClaimedJob } from "@likeness/core";
import { testClock, testStart } from "@likeness/testing";
import { ok, okAsync } from "neverthrow";
import { expect, it } from "vitest";
import { onceInitialised } from "./once-initialised.ts";

it("keeps updates until the bot knows who it is", async () => {
  const bot = { known: false, isInited: () => bot.known };
  const handlers = onceInitialised(bot, { update: () => okAsync({ type: "done" }) }, testClock());
  const job: ClaimedJob = { kind: "update", key: "K", payload: null, attempt: 1, signal: new AbortController().signal };
  expect(await handlers["update"]?.(job)).toStrictEqual(ok({ type: "again", at: addSeconds(testStart, 2) }));
  bot.known = true;
  expect(await handlers["update"]?.(job)).toStrictEqual(ok({ type: "done" }));
});
