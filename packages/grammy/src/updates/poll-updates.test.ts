import { systemClock, uuidV7 } from "@likeness/core";
import { memoryStore, recordingLog } from "@likeness/testing";
import { Api } from "grammy";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { serveTelegramFake, telegramFake } from "../testing/index.ts";
import { pollUpdates } from "./poll-updates.ts";
import { telegramUpdates } from "./telegram-updates.ts";
import type { AnswerAtOnce } from "./without-waiting.ts";

async function stage(answerAtOnce?: AnswerAtOnce) {
  const fake = telegramFake();
  const { url, close } = await serveTelegramFake(fake);
  const { store, queue, setDown } = memoryStore({ clock: systemClock });
  const handled: string[] = [];
  const bot = {
    handleUpdate: async (update: { message?: { text?: string } }) => void handled.push(update.message?.text ?? ""),
  };
  const log = recordingLog();
  const clock = systemClock;
  const { receive, handlers } = telegramUpdates({ bot, store, clock, ids: uuidV7(clock), log, answerAtOnce });
  await queue.start(handlers);
  onTestFinished(async () => {
    await queue.stop({ graceMs: 100 });
    await close();
    await fake.close();
  });
  const api = new Api("123456:fake-token", { apiRoot: url });
  const poll = () => {
    const polling = pollUpdates(api, { receive, clock, log });
    onTestFinished(() => polling.stop());
    return polling;
  };
  return { api, fake, ada: fake.control.person(7), handled, log, setDown, poll };
}

const until = (assertion: () => void) => vi.waitFor(assertion, { timeout: 10_000, interval: 10 });

describe("polling", () => {
  it("hands on what was sent before and after it began, in order", async () => {
    const { ada, handled, poll } = await stage();
    ada.says("one");
    ada.says("two");
    poll();
    await until(() => expect(handled).toStrictEqual(["one", "two"]));
    ada.says("three");
    await until(() => expect(handled).toStrictEqual(["one", "two", "three"]));
  });

  it("stops at once, and another one goes on without a loss or a repetition", async () => {
    const { ada, handled, poll } = await stage();
    const first = poll();
    ada.says("one");
    await until(() => expect(handled).toStrictEqual(["one"]));
    await first.stop();
    ada.says("two");
    poll();
    await until(() => expect(handled).toStrictEqual(["one", "two"]));
  });

  it("confirms nothing that could not be stored", async () => {
    const { ada, fake, handled, log, setDown, poll } = await stage();
    setDown(true);
    poll();
    ada.says("kept");
    const { update_id: updateId } = fake.control.updates.at(-1) ?? {};
    await until(() =>
      expect(log.entries).toContainEqual({
        level: "warn",
        fields: { updateId, error: "storage-failure" },
        message: "an update could not be stored yet",
      }),
    );
    expect(fake.snapshot()).toHaveProperty("updates.length", 1);
    setDown(false);
    await until(() => expect(handled).toStrictEqual(["kept"]));
  });

  it("goes on after Telegram was down, and waits as long as it asks", async () => {
    const { ada, fake, handled, log, poll } = await stage();
    fake.control.fault({ method: "getUpdates", answer: "drop" });
    fake.control.fault({ method: "getUpdates", answer: { error_code: 429, retry_after: 1 } });
    ada.says("later");
    poll();
    await until(() => expect(handled).toStrictEqual(["later"]));
    expect(log.entries).toMatchObject(
      ["telegram-failure", "rate-limited"].map((type) => ({ fields: { botId: 123456, problem: { type } } })),
    );
  });
});

describe("polling for what must not wait", () => {
  const invoiceFor = ({ fake, api }: Stage) => {
    fake.control.person(7).says("/start");
    return api.sendInvoice(7, "T", "D", "P", "XTR", [{ label: "L", amount: 1 }]);
  };
  type Stage = Awaited<ReturnType<typeof stage>>;

  it("brings a payment's question past updates that cannot be stored, once", async () => {
    const asked: number[] = [];
    const given = await stage(({ update_id }) => Promise.resolve(void asked.push(update_id)));
    const { ada, handled, setDown, poll } = given;
    await invoiceFor(given);
    setDown(true);
    poll();
    ada.says("kept");
    const { id } = ada.pays();
    expect(id).toBeDefined();
    await until(() => expect(asked).toHaveLength(1));
    ada.pays();
    await until(() => expect(asked).toHaveLength(2));
    setDown(false);
    await until(() => expect(handled).toStrictEqual(["/start", "kept"]));
    expect(asked).toHaveLength(2);
  });

  it("stores the question like any other update where nobody answers at once", async () => {
    const given = await stage();
    await invoiceFor(given);
    given.poll();
    given.ada.pays();
    await until(() => expect(new Set(given.handled)).toStrictEqual(new Set(["/start", ""])));
  });
});
