import { uuidV7, type JobHandler, type Store } from "@likeness/core";
import { memoryStore, recordingLog, testClock, valueOf } from "@likeness/testing";
import { ok, ResultAsync } from "neverthrow";
import { describe, expect, it, vi } from "vitest";
import { postpone } from "./postpone.ts";
import { telegramUpdates, type TelegramUpdates } from "./telegram-updates.ts";
import { takeTurn } from "./turn-of-person.ts";

const message = (updateId: number, text: string, chat = 42) => ({
  update_id: updateId,
  message: { message_id: updateId, date: 0, chat: { id: chat, type: "private" }, text },
});

/** A message that tells who wrote it. */
const written = (updateId: number, text: string) => {
  const update = message(updateId, text);
  return { ...update, message: { ...update.message, from: { id: 42, is_bot: false, first_name: "Ada" } } };
};

const pressed = (updateId: number) => ({
  update_id: updateId,
  callback_query: { id: "1", from: { id: 42, is_bot: false, first_name: "Ada" }, chat_instance: "1", data: "v1:menu" },
});

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
  /** Runs the job of an update in a process, as its queue would. */
  const runs = async (updates: TelegramUpdates, updateId: number, signal = new AbortController().signal) => {
    for (const { kind, key } of jobs()) {
      const delivery = await valueOf(store.inbox.find(key));
      if (delivery?.requestId === String(updateId))
        return updates.handlers[kind]?.({ kind, key, payload: null, attempt: 1, signal });
    }
    throw new Error(`there is no job for update ${updateId}`);
  };
  const process = () => telegramUpdates({ bot, store, clock, ids: uuidV7(clock), log });
  const anotherProcess = () => ({ queue: worker(clock), updates: process() });
  return { clock, store, queue, jobs, log, handled, runs, updates: process(), anotherProcess };
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

  it("of one person are handled one after the other by two processes, however long they waited", async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const begun: number[] = [];
    const { clock, updates, handled, runs, anotherProcess } = stage(async ({ update_id }) => {
      begun.push(update_id);
      if (update_id === 9) await held;
    });
    for (const id of [9, 10, 11]) await updates.receive(written(id, "hello"));
    await clock.advance(60);
    const [first, second, third] = [runs(updates, 9), runs(anotherProcess().updates, 10), runs(updates, 11)];
    await clock.advance(60);
    expect(begun).toStrictEqual([9]);
    release();
    await clock.advance(1);
    expect(handled).toStrictEqual([9, 10, 11]);
    expect(await Promise.all([first, second, third])).toMatchObject([
      ok({ type: "done" }),
      ok({ type: "again" }),
      ok({ type: "again" }),
    ]);
  });

  it("of one person that come while an earlier one is handled follow it at once", async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { clock, updates, handled, runs, anotherProcess } = stage(async ({ update_id }) =>
      update_id === 9 ? held : undefined,
    );
    await updates.receive(written(9, "hello"));
    void runs(updates, 9);
    await clock.advance(1);
    await updates.receive(written(10, "hello"));
    void runs(anotherProcess().updates, 10);
    await clock.advance(1);
    release();
    await clock.advance(0);
    expect(handled).toStrictEqual([9, 10]);
  });

  it("of one person are handled in order, though the jobs of earlier ones were not claimed yet", async () => {
    const { clock, updates, handled, runs } = stage();
    const all = Array.from({ length: 50 }, (_, index) => index);
    for (const id of all) {
      await updates.receive(written(id, "hello"));
      await clock.advance(0.01);
    }
    void runs(updates, 45);
    await clock.advance(0);
    expect(handled).toStrictEqual(all);
  });

  it("have a kind of job of their own when they are presses, which keeps the order of what the person did", async () => {
    const { clock, updates, handled, runs, jobs } = stage();
    await updates.receive(written(9, "hello"));
    await updates.receive(pressed(10));
    expect(jobs().map(({ kind }) => kind)).toStrictEqual(["webhook.process:telegram", "telegram.press"]);
    void runs(updates, 10);
    await clock.advance(0);
    expect(handled).toStrictEqual([9, 10]);
  });

  it("of one person wait fifteen seconds for a process that died with their turn, and not for one that works", async () => {
    const { clock, store, updates, handled, queue } = stage();
    const timeless = { now: clock.now, after: () => () => undefined };
    await takeTurn({ sessions: store.sessions, clock: timeless, ids: uuidV7(clock) }, "telegram:42");
    await updates.receive(written(10, "hello"));
    await queue.start(updates.handlers);
    await clock.advance(14);
    expect(handled).toStrictEqual([]);
    await clock.advance(2);
    expect(handled).toStrictEqual([10]);
  });

  it("of one person do not wait for a process that was stopped between them", async () => {
    const stopping = new AbortController();
    const { clock, updates, handled, runs, anotherProcess } = stage(async ({ update_id }) => {
      if (update_id === 9) stopping.abort();
    });
    for (const id of [9, 10]) await updates.receive(written(id, "hello"));
    void runs(updates, 9, stopping.signal);
    await clock.advance(0);
    expect(handled).toStrictEqual([9]);
    void runs(anotherProcess().updates, 10);
    await clock.advance(0);
    expect(handled).toStrictEqual([9, 10]);
  });

  it("of one person leave no row behind when everything about the person is erased by one of them", async () => {
    const { clock, updates, runs, store } = stage(async () => void (await store.sessions.eraseOwner("telegram:42")));
    await updates.receive(written(9, "hello"));
    void runs(updates, 9);
    await clock.advance(60);
    expect(await store.sessions.find("telegram:turn:telegram:42")).toStrictEqual(ok(undefined));
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
