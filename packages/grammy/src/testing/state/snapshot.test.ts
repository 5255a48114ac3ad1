import { describe, expect, it } from "vitest";
import { picture } from "../__fixtures__/pictures.ts";
import { receiver, status } from "../__fixtures__/receiver.ts";
import { servedFake, startedFake } from "../__fixtures__/served-fake.ts";
import { until } from "../__fixtures__/until.ts";
import type { TelegramSnapshot } from "./telegram-snapshot.ts";

/** As if it had been on disk. */
const throughJson = (snapshot: TelegramSnapshot): TelegramSnapshot => JSON.parse(JSON.stringify(snapshot));

describe("a snapshot", () => {
  it("is JSON, and a fake goes on exactly there", async () => {
    const before = await startedFake();
    const bytes = await picture(30, 20);
    const { fileId } = before.ada.sendsPhoto({ bytes, trouble: "missing" });
    await before.api.setMyCommands([{ command: "start", description: "Start" }]);
    await before.api.getUpdates({ allowed_updates: ["message", "callback_query"] });
    const go = { reply_markup: { inline_keyboard: [[{ text: "Go", callback_data: "go" }]] } };
    const sent = await before.api.sendMessage(42, "Go?", go);
    const press = before.ada.presses({ text: "Go" });
    before.fake.control.person(43, { firstName: "Brook" }).says("/start");
    before.fake.control.person(43).blocks();
    before.fake.control.holdUpdates();
    before.ada.says("held");

    const snapshot = before.fake.snapshot();
    expect(throughJson(snapshot)).toStrictEqual(snapshot);
    const after = await servedFake({ snapshot: throughJson(snapshot) });
    expect(after.fake.snapshot()).toStrictEqual(snapshot);

    expect(after.ada.chat()).toStrictEqual(before.ada.chat());
    expect(after.ada.commands()).toStrictEqual([{ command: "start", description: "Start" }]);
    expect(after.fake.control.file(fileId)).toStrictEqual({ bytes, mimeType: "image/jpeg" });
    const waiting = await after.api.getUpdates();
    expect(waiting).toStrictEqual(await before.api.getUpdates());
    expect(waiting.map((update) => Object.keys(update)[1])).toStrictEqual(["message", "callback_query", "message"]);
    after.fake.control.releaseUpdates();
    await expect(after.api.getUpdates({ offset: -1 })).resolves.toMatchObject([{ message: { text: "held" } }]);
    await expect(after.api.answerCallbackQuery(press.id)).resolves.toBe(true);
    await expect(after.api.editMessageText(42, sent.message_id, "Going")).resolves.toMatchObject({ text: "Going" });
    await expect(after.api.sendMessage(43, "Hi")).rejects.toThrow("bot was blocked by the user");
    const next = await after.api.sendMessage(42, "Next");
    expect(next.message_id).toBe(before.ada.says("next").messageId);
  });

  it("is not changed by what happens later", async () => {
    const { fake, ada } = await startedFake();
    const snapshot = fake.snapshot();
    const copy = throughJson(snapshot);
    ada.says("later");
    expect(snapshot).toStrictEqual(copy);
  });

  it("brings updates to the webhook that has not got them yet", async () => {
    const before = await startedFake();
    const application = await receiver();
    application.answers.push(status(500), status(500));
    await before.api.setWebhook(application.url, { secret_token: "secret" });
    before.ada.says("one");
    await until(() => expect(before.fake.control.deliveries).toHaveLength(2));
    const snapshot = throughJson(before.fake.snapshot());
    await before.fake.close();
    const after = await servedFake({ snapshot });
    await until(() => expect(after.fake.control.deliveries).toMatchObject([{ answer: 200 }]));
    expect(application.received[2]?.headers["x-telegram-bot-api-secret-token"]).toBe("secret");
    expect(application.received[2]?.update).toStrictEqual(application.received[0]?.update);
  });
});
