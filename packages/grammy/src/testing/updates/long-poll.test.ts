import { describe, expect, it } from "vitest";
import { refusalOf, servedFake } from "../__fixtures__/served-fake.ts";
import { until } from "../__fixtures__/until.ts";

const texts = (updates: readonly { message?: { text?: string } }[]) => updates.map(({ message }) => message?.text);

describe("getUpdates", () => {
  it("shows updates until a higher offset confirms them", async () => {
    const { api, ada } = await servedFake();
    for (const text of ["one", "two", "three"]) ada.says(text);
    const first = await api.getUpdates({ limit: 2 });
    expect(texts(first)).toStrictEqual(["one", "two"]);
    const [, second] = first.map(({ update_id }) => update_id);
    await expect(api.getUpdates().then(texts)).resolves.toStrictEqual(["one", "two", "three"]);
    await expect(api.getUpdates({ offset: second }).then(texts)).resolves.toStrictEqual(["two", "three"]);
    await expect(api.getUpdates({ offset: -1 }).then(texts)).resolves.toStrictEqual(["three"]);
    await expect(api.getUpdates().then(texts)).resolves.toStrictEqual(["three"]);
  });

  it("waits for the first one, and brings all that came with it", async () => {
    const { fake, api, ada } = await servedFake();
    const poll = api.getUpdates({ timeout: 30 });
    await until(() => expect(fake.control.calls).toHaveLength(1));
    ada.says("one");
    ada.says("two");
    await expect(poll.then(texts)).resolves.toStrictEqual(["one", "two"]);
  });

  it("waits for as long as it was told to, 50 seconds at most", async () => {
    const { clock, fake, api } = await servedFake();
    const polls = [api.getUpdates({ timeout: 30 })];
    await until(() => expect(fake.control.calls).toHaveLength(1));
    await clock.advance(29.9);
    expect(fake.control.calls[0]?.answer).toBe("pending");
    await clock.advance(0.1);
    await expect(polls[0]).resolves.toStrictEqual([]);
    polls.push(api.getUpdates({ timeout: 100 }));
    await until(() => expect(fake.control.calls).toHaveLength(2));
    await clock.advance(50);
    await expect(polls[1]).resolves.toStrictEqual([]);
  });

  it("lets only one wait", async () => {
    const { fake, api, ada } = await servedFake();
    const first = refusalOf(api.getUpdates({ timeout: 30 }));
    await until(() => expect(fake.control.calls).toHaveLength(1));
    const second = api.getUpdates({ timeout: 30 });
    await expect(first).resolves.toStrictEqual({
      error_code: 409,
      description: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    });
    ada.says("one");
    await expect(second.then(texts)).resolves.toStrictEqual(["one"]);
  });

  it("forgets a bot that has gone", async () => {
    const { fake, api, ada } = await servedFake();
    const gone = new AbortController();
    const poll = api.getUpdates({ timeout: 30 }, gone.signal as Parameters<typeof api.getUpdates>[1]);
    await until(() => expect(fake.control.calls).toHaveLength(1));
    gone.abort();
    await expect(poll).rejects.toThrow("getUpdates");
    await until(() => expect(fake.control.calls[0]?.answer).toStrictEqual({ ok: true, result: [] }));
    ada.says("one");
    await expect(api.getUpdates({ timeout: 30 }).then(texts)).resolves.toStrictEqual(["one"]);
  });

  it("brings only the kinds that were asked for, also when they are not asked for again", async () => {
    const { api, ada } = await servedFake();
    await api.getUpdates({ allowed_updates: ["message"] });
    const { messageId } = ada.says("one");
    ada.edits(messageId, { text: "uno" });
    await expect(api.getUpdates().then(texts)).resolves.toStrictEqual(["one"]);
    await api.getUpdates({ allowed_updates: [] });
    ada.edits(messageId, { text: "une" });
    const all = await api.getUpdates();
    expect(all.map((update) => Object.keys(update)[1])).toStrictEqual(["message", "edited_message"]);
  });

  it("loses messages after a day and presses after 150 seconds", async () => {
    const { clock, api, ada } = await servedFake();
    ada.says("one");
    await api.sendMessage(42, "Go?", { reply_markup: { inline_keyboard: [[{ text: "Go", callback_data: "go" }]] } });
    void ada.presses({ data: "go" });
    const kinds = async () => (await api.getUpdates()).map((update) => Object.keys(update)[1]);
    await clock.advance(149);
    await expect(kinds()).resolves.toStrictEqual(["message", "callback_query"]);
    await clock.advance(1);
    await expect(kinds()).resolves.toStrictEqual(["message"]);
    await clock.advance(24 * 60 * 60 - 150);
    await expect(kinds()).resolves.toStrictEqual([]);
  });

  it("is refused while there is a webhook, and a poll that waits is ended by setting one", async () => {
    const { fake, api } = await servedFake();
    const poll = refusalOf(api.getUpdates({ timeout: 30 }));
    await until(() => expect(fake.control.calls).toHaveLength(1));
    await api.setWebhook("http://127.0.0.1:9/telegram");
    await expect(poll).resolves.toStrictEqual({
      error_code: 409,
      description: "Conflict: terminated by setWebhook request",
    });
    await expect(refusalOf(api.getUpdates())).resolves.toStrictEqual({
      error_code: 409,
      description:
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    });
  });
});

describe("updates on demand", () => {
  it("come once more, with the same number", async () => {
    const { fake, api, ada } = await servedFake();
    ada.says("one");
    const before = await api.getUpdates();
    const next = (before[0]?.update_id ?? 0) + 1;
    await expect(api.getUpdates({ offset: next })).resolves.toStrictEqual([]);
    fake.control.deliverAgain(next - 1);
    await expect(api.getUpdates({ offset: next })).resolves.toStrictEqual(before);
    await expect(api.getUpdates({ offset: next })).resolves.toStrictEqual([]);
    expect(() => fake.control.deliverAgain(7)).toThrow("There was no update 7");
  });

  it("are held, and let go in order or the other way round", async () => {
    const { fake, api, ada } = await servedFake();
    for (const order of [undefined, "reversed"] as const) {
      fake.control.holdUpdates();
      ada.says("one");
      ada.says("two");
      await expect(api.getUpdates()).resolves.toStrictEqual([]);
      fake.control.releaseUpdates({ order });
      const updates = await api.getUpdates();
      expect(texts(updates)).toStrictEqual(order ? ["two", "one"] : ["one", "two"]);
      expect(updates[1]?.update_id).toBe((updates[0]?.update_id ?? 0) + 1);
      await api.getUpdates({ offset: (updates[1]?.update_id ?? 0) + 1 });
    }
    ada.says("three");
    await expect(api.getUpdates().then(texts)).resolves.toStrictEqual(["three"]);
    expect(texts(fake.control.updates)).toStrictEqual(["one", "two", "two", "one", "three"]);
  });
});
