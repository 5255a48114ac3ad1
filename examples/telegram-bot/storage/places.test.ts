import { join } from "node:path";
import { orThrow, silentLog, systemClock, uuidV7 } from "@likeness/core";
import { telegramUpdates } from "@likeness/grammy";
import { memoryStore, recordingLog, valueOf } from "@likeness/testing";
import { Bot } from "grammy";
import { expect, it, vi } from "vitest";
import { temporaryFolder } from "../__fixtures__/temporary-folder.ts";
import { openSqlite } from "./open-sqlite.ts";
import { concurrencyOf } from "./places.ts";

const clock = systemClock;

it("the jobs of Telegram's updates have more places than others", () => {
  const { store } = memoryStore({ clock });
  const bot = new Bot("123456:fake-token");
  const { handlers } = telegramUpdates({ bot, store, clock, ids: uuidV7(clock), log: recordingLog() });
  expect(Object.keys(concurrencyOf)).toStrictEqual(Object.keys(handlers));
});

const sender = (id: number) => ({ from: { id, is_bot: false, first_name: "Ada" } });

it("a press does not wait for a place while messages of others keep all of theirs", async () => {
  const file = join(await temporaryFolder(), "likeness.db");
  const { store, queue, close } = await openSqlite({ type: "sqlite", file }, clock, silentLog);
  const handled: number[] = [];
  const begun: number[] = [];
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const bot = {
    handleUpdate: async (update: { update_id: number; message?: unknown }) => {
      begun.push(update.update_id);
      if (update.message) await held;
      handled.push(update.update_id);
    },
  };
  const { receive, handlers } = telegramUpdates({ bot, store, clock, ids: uuidV7(clock), log: silentLog });
  await valueOf(queue.start(handlers));
  const people = Array.from({ length: 1 + concurrencyOf["webhook.process:telegram"] }, (_, index) => 1 + index);
  for (const id of people)
    await valueOf(receive({ update_id: id, message: { chat: { id }, message_id: 1, text: "hello", ...sender(id) } }));
  await vi.waitFor(() => expect(begun).toHaveLength(people.length - 1));
  await valueOf(receive({ update_id: 100, callback_query: { id: "1", ...sender(99) } }));
  await vi.waitFor(() => expect(handled).toStrictEqual([100]));
  release();
  await vi.waitFor(() => expect(handled).toHaveLength(people.length + 1), 10_000);
  await orThrow(queue.stop({ graceMs: 1_000 }));
  await close();
});
