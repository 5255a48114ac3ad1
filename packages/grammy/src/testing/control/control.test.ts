import { HttpError } from "grammy";
import { describe, expect, it } from "vitest";
import { refusalOf, startedFake, token } from "../__fixtures__/served-fake.ts";
import { until } from "../__fixtures__/until.ts";

describe("a fault", () => {
  it("makes the next calls of a method fail", async () => {
    const { fake, api, ada } = await startedFake();
    fake.control.fault({ method: "SendMessage", times: 2, answer: { error_code: 429, retry_after: 3 } });
    fake.control.fault({ method: "sendMessage", answer: { error_code: 403 } });
    await expect(api.getMe()).resolves.toMatchObject({ id: 123456 });
    const refusals = [1, 2, 3].map(() => () => refusalOf(api.sendMessage(42, "One")));
    const answers = [];
    for (const refusal of refusals) answers.push(await refusal());
    const tooMany = {
      error_code: 429,
      description: "Too Many Requests: retry after 3",
      parameters: { retry_after: 3 },
    };
    expect(answers).toStrictEqual([
      tooMany,
      tooMany,
      { error_code: 403, description: "Forbidden: bot was blocked by the user" },
    ]);
    expect(ada.chat()).toHaveLength(1);
    await api.sendMessage(42, "Two");
    expect(ada.chat().at(-1)?.text).toBe("Two");
  });

  it("concerns one chat, and several methods, until it is cleared", async () => {
    const { fake, api } = await startedFake();
    fake.control.person(43).says("/start");
    await api.sendMessage(42, "One");
    await api.sendMessage(43, "One");
    const answer = { error_code: 400, description: "Bad Request: PEER_FLOOD" };
    fake.control.fault({ method: ["sendMessage", "editMessageText"], chatId: 42, untilCleared: true, answer });
    for (const _ of [1, 2, 3]) await expect(refusalOf(api.sendMessage(42, "Two"))).resolves.toStrictEqual(answer);
    await expect(refusalOf(api.editMessageText(42, 3, "Two"))).resolves.toStrictEqual(answer);
    await expect(api.sendMessage(43, "Two")).resolves.toMatchObject({ text: "Two" });
    fake.control.clearFaults();
    await expect(api.sendMessage(42, "Two")).resolves.toMatchObject({ text: "Two" });
  });

  it("concerns the chat of a press, too", async () => {
    const { fake, api, ada } = await startedFake();
    await api.sendMessage(42, "One", { reply_markup: { inline_keyboard: [[{ text: "Go", callback_data: "go" }]] } });
    const press = ada.presses({ text: "Go" });
    fake.control.fault({ chatId: 42, answer: { error_code: 500 } });
    await expect(refusalOf(api.answerCallbackQuery(press.id))).resolves.toStrictEqual({
      error_code: 500,
      description: "Internal Server Error",
    });
  });

  it("closes the connection before or after the work is done", async () => {
    const { fake, api, ada } = await startedFake();
    fake.control.fault({ method: "sendMessage", answer: "drop" });
    await expect(api.sendMessage(42, "One")).rejects.toThrow(HttpError);
    expect(ada.chat()).toHaveLength(1);
    fake.control.fault({ method: "sendMessage", answer: "apply-then-drop" });
    await expect(api.sendMessage(42, "Two")).rejects.toThrow(HttpError);
    expect(ada.chat().at(-1)?.text).toBe("Two");
    expect(fake.control.calls.slice(-2).map(({ answer }) => answer)).toStrictEqual(["lost", "lost"]);
  });

  it("answers with a proxy's page", async () => {
    const { fake, api, url } = await startedFake();
    const page = { method: "getMe", times: 2, answer: { error_code: 502, html: true } };
    fake.control.fault(page);
    await expect(api.getMe()).rejects.toThrow(HttpError);
    const response = await fetch(`${url}/bot${token}/getMe`);
    expect([response.status, response.headers.get("content-type")]).toStrictEqual([502, "text/html"]);
    expect(fake.control.calls.at(-1)?.answer).toStrictEqual({ ok: false, error_code: 502 });
  });

  it("delays", async () => {
    const { clock, fake, api, ada } = await startedFake();
    fake.control.fault({ method: "sendMessage", answer: { delayMs: 8000 } });
    const sent = api.sendMessage(42, "One");
    await until(() => expect(fake.control.calls.at(-1)?.answer).toBe("pending"));
    await clock.advance(7.9);
    expect(ada.chat()).toHaveLength(1);
    await clock.advance(0.1);
    await expect(sent).resolves.toMatchObject({ text: "One" });
  });
});
