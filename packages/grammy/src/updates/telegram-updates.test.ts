import { uuidV7, type JobHandler, type Store } from "@likeness/core";
import { anInboxDelivery, memoryStore, recordingLog, testClock } from "@likeness/testing";
import { ok, ResultAsync } from "neverthrow";
import { describe, expect, it, vi } from "vitest";
import { postpone } from "./postpone.ts";
import { telegramUpdates } from "./telegram-updates.ts";

const message = (updateId: number, text: string, chat = 42) => ({
  update_id: updateId,
  message: { message_id: updateId, date: 0, chat: { id: chat, type: "private" }, text },
});

/** A message that tells who wrote it. */
const written = (updateId: number, text: string) => {
  const update = message(updateId, text);
  return { ...update, message: { ...update.message, from: { id: 42, is_bot: false, first_name: "Ada" } } };
};

/** A bot that notes what it is given, and may be slow or broken. */
function stage(
  handleUpdate: (update: { update_id: number }) => Promise<void> = async () => undefined,
  changed: (store: Store) => Store = (store) => store,
) {
  const clock = testClock();
  const { store: opened, queue, jobs, worker } = memoryStore({ clock });
  const store = changed(opened);
  const log = recordingLog();
  const handled: number[] = [];
  const bot = {
    handleUpdate: async (update: { update_id: number }) => {
      await handleUpdate(update);
      handled.push(update.update_id);
    },
  };
  const process = () => telegramUpdates({ bot, store, clock, ids: uuidV7(clock), log });
  const anotherProcess = () => ({ queue: worker(clock), updates: process() });
  return { clock, store, queue, jobs, log, handled, updates: process(), anotherProcess };
}

describe("Telegram's updates", () => {
  it("are stored when they arrive and handled by a job", async () => {
    const { updates, queue, handled, clock } = stage();
    expect(await updates.receive(message(7, "hello"))).toStrictEqual(ok("new"));
    expect(handled).toStrictEqual([]);
    await queue.start(updates.handlers);
    await clock.advance(1);
    expect(handled).toStrictEqual([7]);
  });

  it("act once, however often they are delivered, also when they are worded anew", async () => {
    const { updates, queue, handled, clock } = stage();
    await queue.start(updates.handlers);
    await updates.receive(message(7, "hello"));
    expect(await updates.receive(message(7, "hello"))).toStrictEqual(ok("known"));
    await clock.advance(1);
    expect(await updates.receive({ ...message(7, "hello"), extra: true })).toStrictEqual(ok("known"));
    await clock.advance(1);
    expect(handled).toStrictEqual([7]);
  });

  it("of one chat are handled one after the other, while another chat goes on", async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { updates, queue, handled, clock } = stage(async ({ update_id }) => (update_id === 1 ? held : undefined));
    await queue.start(updates.handlers);
    for (const update of [message(1, "slow"), message(2, "waits"), message(3, "other", 43)])
      await updates.receive(update);
    await clock.advance(1);
    expect(handled).toStrictEqual([3]);
    release();
    await vi.waitFor(() => expect(handled).toStrictEqual([3, 1, 2]));
  });

  it("of one chat keep their order, when the database answers about a later one first", async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let first = "";
    const { updates, queue, handled, clock } = stage(undefined, (store) => ({
      ...store,
      inbox: {
        ...store.inbox,
        find: (id) => {
          first ||= id;
          return id === first ? new ResultAsync(held.then(() => store.inbox.find(id))) : store.inbox.find(id);
        },
      },
    }));
    for (const id of [9, 10, 11]) await updates.receive(written(id, "hello"));
    await queue.start(updates.handlers);
    await clock.advance(2);
    expect(handled).toStrictEqual([]);
    release();
    await clock.advance(2);
    expect(handled).toStrictEqual([9, 10, 11]);
  });

  it("of one chat wait no longer than five seconds for one whose process may have died", async () => {
    const { store, updates, queue, handled, clock } = stage();
    // Its job belongs to the process that died.
    await store.inbox.insert(
      anInboxDelivery({ source: "telegram", ownerId: "telegram:42", requestId: "9", receivedAt: clock.now() }),
    );
    await updates.receive(written(10, "hello"));
    await queue.start(updates.handlers);
    await clock.advance(4);
    expect(handled).toStrictEqual([]);
    await clock.advance(2);
    expect(handled).toStrictEqual([10]);
  });

  it("of one chat keep one job busy, however many wait, so that there are hands for everything else", async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { updates, queue, handled, clock, jobs } = stage(async ({ update_id }) =>
      update_id === 1 ? held : undefined,
    );
    const busy = new Set<string>();
    const noting =
      (handler: JobHandler): JobHandler =>
      (job) => {
        busy.add(job.key);
        return handler(job).map((outcome) => {
          busy.delete(job.key);
          return outcome;
        });
      };
    await queue.start(
      Object.fromEntries(Object.entries(updates.handlers).map(([kind, handler]) => [kind, noting(handler)])),
    );
    for (const id of [1, 2, 3, 4, 5]) await updates.receive(message(id, "hello"));
    await updates.receive(message(6, "other", 43));
    await clock.advance(20);
    expect([handled, busy.size]).toStrictEqual([[6], 1]);
    release();
    await queue.drained();
    expect(handled).toStrictEqual([6, 1, 2, 3, 4, 5]);
    await clock.advance(20);
    await queue.drained();
    expect([handled.length, jobs()]).toStrictEqual([6, []]);
  });

  it("that wait when their process stops are handled by the next one", async () => {
    let hangs = true;
    const { updates, queue, handled, clock, anotherProcess } = stage(async () =>
      hangs ? new Promise(() => undefined) : undefined,
    );
    await queue.start(updates.handlers);
    for (const id of [1, 2, 3]) await updates.receive(message(id, "hello"));
    await clock.advance(1);
    const stopped = queue.stop({ graceMs: 0 });
    await clock.advance(1);
    await stopped;
    hangs = false;
    const next = anotherProcess();
    await next.queue.start(next.updates.handlers);
    await clock.advance(60);
    expect(new Set(handled)).toStrictEqual(new Set([1, 2, 3]));
    expect(handled).toHaveLength(3);
  });

  it("that wait for the store when their process stops are handled by the next one", async () => {
    let fails = true;
    let tries = 0;
    const { updates, queue, clock, anotherProcess } = stage(async (update) => {
      tries += 1;
      if (fails) postpone(update);
    });
    await queue.start(updates.handlers);
    await updates.receive(message(1, "hello"));
    await clock.advance(1);
    const stopped = queue.stop({ graceMs: 0 });
    await clock.advance(1);
    await stopped;
    fails = false;
    const before = tries;
    const next = anotherProcess();
    await next.queue.start(next.updates.handlers);
    await clock.advance(60);
    expect(tries).toBe(before + 1);
  });

  it("that the bot's middleware cannot handle are logged without secrets, and not handled again", async () => {
    const { updates, queue, log, clock } = stage(async () => {
      throw new Error("GET https://api.telegram.org/bot42:AAE-secret/getMe failed");
    });
    await queue.start(updates.handlers);
    await updates.receive(message(7, "hello"));
    await clock.advance(3_600);
    const errors = log.entries.filter(({ level }) => level === "error");
    expect(errors).toMatchObject([{ fields: { updateId: 7, chatId: expect.any(Number) } }]);
    expect(JSON.stringify(errors)).not.toContain("AAE-secret");
  });

  it("are given up when they were never handled for longer than Telegram keeps them", async () => {
    const { updates, queue, handled, clock, log } = stage();
    await updates.receive(message(7, "hello"));
    await clock.advance(25 * 3_600);
    await queue.start(updates.handlers);
    await clock.advance(1);
    expect(handled).toStrictEqual([]);
    expect(log.entries).toMatchObject([{ level: "warn", fields: { updateId: 7, chatId: expect.any(Number) } }]);
  });

  it("are refused when they are none", async () => {
    const { updates } = stage();
    for (const wrong of [{ foo: 1 }, null, "text", { update_id: "7" }])
      expect((await updates.receive(wrong))._unsafeUnwrapErr()).toStrictEqual({ type: "update-malformed" });
  });
});
