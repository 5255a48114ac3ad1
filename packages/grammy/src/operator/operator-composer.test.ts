import { needNames } from "@likeness/core";
import { aTraining, operatedOrders, storeStandingAlarm, storeWithAvatar, valueOf } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { textLimits } from "../texts/text-limits.ts";
import { operatorStage } from "./__fixtures__/operator-stage.ts";
import { chatActs } from "./operator-acts.ts";
import { operatorData, parseOperatorData, type OperatorData } from "./operator-data.ts";
import type { OperatorTexts } from "./operator-texts.ts";
import { english } from "./texts/english.ts";
import { kazakh } from "./texts/kazakh.ts";
import { russian } from "./texts/russian.ts";

const hostile = `*bold* <b>html</b> /operator @ada https://evil.example \u202Eright to left\u0007 ${"long ".repeat(900)}`;

describe("/operator", () => {
  it("says that all is well, and what is looked at is left in no entry", async () => {
    const stage = await operatorStage();
    await stage.says("/operator");
    expect(stage.newest()).toStrictEqual({ text: "All is well.", buttons: ["Refresh"] });
    await stage.presses("Refresh");
    expect([stage.messages().length, await stage.entries()]).toStrictEqual([1, []]);
  });

  it.each([
    [
      "en",
      "Somebody is needed.\n\nThe provider refuses our account (fal submit: HTTP 401). Look at its key and balance. Begun 10 min ago.",
    ],
    [
      "ru",
      "Требуется внимание.\n\nПровайдер отказывает нашему аккаунту (fal submit: HTTP 401). Проверьте ключ и баланс. Началось 10 мин назад.",
    ],
    [
      "kk",
      "Оператордың назары қажет.\n\nПровайдер аккаунтымызға рұқсат бермейді (fal submit: HTTP 401). Кілт пен балансты тексеріңіз. Басталғанына 10 мин болды.",
    ],
  ])("says which alarm stands, and since when: %s", async (languageCode, text) => {
    const stage = await operatorStage({ languageCode });
    await storeStandingAlarm(stage.store);
    await stage.clock.advance(600);
    await stage.says("/operator");
    expect(stage.newest().text).toBe(text);
  });

  it("leads from the overview to a late result, and adopts it after one question, as telegram:<id>", async () => {
    const stage = await operatorStage();
    const { id } = await stage.late();
    await stage.says("/operator");
    expect(stage.newest()).toStrictEqual({ text: "Somebody is needed.", buttons: ["Late results: 1", "Refresh"] });
    await stage.presses("Late results: 1");
    await stage.presses(/training balanced$/);
    expect(stage.newest().text).toContain(`Order: ${id}\nKind: training balanced\nStatus: failed (provider_error)\n`);
    expect(stage.newest().buttons).toStrictEqual(["Adopt", "Dismiss", "Show the order", "‹ Back"]);
    await stage.presses("Adopt");
    expect(await stage.entries()).toStrictEqual([]);
    expect(stage.newest().text).toContain("Make the avatar ready with the late result? Its owner is told.");
    await stage.presses("Yes: Adopt");
    expect(stage.newest()).toStrictEqual({
      text: "The avatar is ready with this result, and its owner is told.",
      buttons: ["‹ Back"],
    });
    expect(await stage.entries()).toStrictEqual(["telegram:7 adopt adopted"]);
    expect(stage.messages()).toHaveLength(1);
  });

  it("acts once when a button is pressed twice", async () => {
    const stage = await operatorStage();
    await stage.deadMessage("blocked");
    await stage.says("/operator");
    await stage.presses(/^Messages given up/);
    await stage.presses(/training-ready$/);
    await stage.presses("Send again");
    const messageId = stage.messages().at(-1)?.id ?? 0;
    const data = stage.fake.control.calls
      .flatMap(({ payload }) => JSON.stringify(payload).match(/op:do:send-again:messages:[0-9a-f]{16}/) ?? [])
      .at(-1);
    const both = [1, 2].map(() => stage.olga.forges(data ?? "", messageId).answer);
    await stage.handle();
    await Promise.all(both);
    expect(stage.newest().text).toBe("It is not there any more.");
    expect(await stage.entries()).toStrictEqual(["telegram:7 send-again queued"]);
  });

  it("tells one order by its id", async () => {
    const stage = await operatorStage();
    const { id } = await stage.late();
    await stage.says(`/operator ${id}`);
    expect(stage.newest().text).toMatch(/\nWhat happened:\n11-23 06:00 order placed\n/);
    expect(stage.newest().buttons).toStrictEqual(["Adopt", "Dismiss", "‹ Overview"]);
    await stage.says("/operator nothing");
    expect(stage.newest()).toStrictEqual({ text: "It is not there any more.", buttons: ["‹ Overview"] });
  });

  it("offers for each order what its story tells, and nothing else", async () => {
    const stage = await operatorStage();
    for (const { name, order } of operatedOrders()) {
      const { id } = await storeWithAvatar(stage.store, order);
      const { acts } = await valueOf(stage.likeness.operator.order({ orderId: id }));
      await stage.says(`/operator ${id}`);
      const labels = acts.map((act) => english.acts[act]);
      expect([name, stage.newest().buttons]).toStrictEqual([name, [...labels, "‹ Overview"]]);
    }
  });

  it("tells that the provider refused to say how an order is, in its words", async () => {
    const stage = await operatorStage();
    const { id } = await storeWithAvatar(stage.store, aTraining("submitted"));
    stage.provider.failNext("look", { type: "provider-refused", status: 402, detail: "no *balance*" });
    await stage.says(`/operator ${id}`);
    await stage.presses("Look now");
    await stage.presses("Yes: Look now");
    expect(stage.newest().text).toBe(`${english.problems.refused}\n402 no *balance*`);
    stage.provider.failNext("look", { type: "provider-refused", status: 0, detail: "not used any more" });
    await stage.says(`/operator ${id}`);
    await stage.presses("Look now");
    await stage.presses("Yes: Look now");
    expect(stage.newest().text).toBe(`${english.problems.refused}\nnot used any more`);
    expect(await stage.entries()).toStrictEqual(Array(2).fill("telegram:7 look provider-refused"));
  });

  it("makes nothing of what a service wrote, and fits into a message", async () => {
    const stage = await operatorStage();
    await stage.deadMessage(hostile);
    await stage.malformed(hostile);
    await stage.says("/operator");
    for (const list of [/^Messages given up/, /^Deliveries/]) {
      await stage.presses(list);
      await stage.presses(/training-ready$|malformed$/);
      expect(stage.newest().text).toContain("*bold* <b>html</b> /operator @ada https://evil.example right to left");
      expect(stage.newest().text.length).toBeLessThan(textLimits.message);
      await stage.presses("‹ Back");
      await stage.presses("‹ Overview");
    }
    const sent = stage.fake.control.calls.filter(({ method }) => /Message/.test(method));
    for (const { payload } of sent) {
      expect(payload).not.toHaveProperty("parse_mode");
      const { text = "", entities } = payload as {
        text?: string;
        entities?: readonly { type: string; offset: number; length: number }[];
      };
      const list =
        typeof entities === "string"
          ? (JSON.parse(entities) as { type: string; offset: number; length: number }[])
          : (entities ?? []);
      const at = text.indexOf("*bold*");
      if (at >= 0)
        expect(list.some(({ type, offset, length }) => type === "code" && offset === at && length > 100)).toBe(true);
    }
  });

  it("shows a long list page by page", async () => {
    const stage = await operatorStage();
    for (let count = 0; count < 10; count++) await stage.deadMessage("blocked");
    await stage.says("/operator");
    await stage.presses("Messages given up: 10");
    expect([stage.newest().text, stage.newest().buttons.length]).toStrictEqual(["Messages given up, 1/2", 10]);
    await stage.presses("›");
    expect([stage.newest().text, stage.newest().buttons.length]).toStrictEqual(["Messages given up, 2/2", 4]);
  });

  it("is an unknown command, and its buttons are somebody else's, for all others and in groups", async () => {
    const stage = await operatorStage();
    await stage.late();
    await stage.says("/operator", stage.ada);
    stage.ada.forges("op:overview", 1);
    stage.ada.forges(operatorData({ verb: "list", need: "late", page: 0 }), 1);
    await stage.handle();
    expect([stage.messages(stage.ada), stage.passedOn.length]).toStrictEqual([[], 3]);
    const olga = { id: 7, is_bot: false, first_name: "Olga" };
    const group = { message_id: 1, date: 0, chat: { id: -5, type: "group", title: "All" } } as const;
    await stage.bot.handleUpdate({ update_id: 900, message: { ...group, from: olga, text: "/operator" } });
    const query = { id: "1", from: olga, chat_instance: "1", data: "op:overview" };
    await stage.bot.handleUpdate({ update_id: 901, callback_query: { ...query, message: group } });
    expect([stage.messages(), stage.passedOn.length]).toStrictEqual([[], 5]);
    expect(await stage.entries()).toStrictEqual([]);
  });

  it("says that the deployment does not answer while the database is down", async () => {
    const stage = await operatorStage();
    const olga = { id: 7, is_bot: false, first_name: "Olga" };
    const chat = { id: 7, type: "private", first_name: "Olga" } as const;
    await stage.says("/help");
    stage.setDown(true);
    await stage.bot.handleUpdate({
      update_id: 900,
      message: { message_id: 1, date: 0, chat, from: olga, text: "/operator" },
    });
    expect(stage.newest().text).toBe(english.problems.trouble);
    stage.setDown(false);
  });

  it("does only what a row offers, whatever a button says", async () => {
    const stage = await operatorStage();
    const { id } = await stage.late();
    await stage.says("/operator");
    const messageId = stage.messages().at(-1)?.id ?? 0;
    stage.olga.forges(operatorData({ verb: "do", act: "cancel", target: { orderId: id } }), messageId);
    await stage.handle();
    expect(stage.newest().text).toBe("There is nothing to do about it.");
    stage.olga.forges("op:do:everything", messageId);
    await stage.handle();
    expect(stage.newest().text).toBe("Somebody is needed.");
    expect(await stage.entries()).toStrictEqual([]);
  });

  it("speaks the language of the operator", async () => {
    const stage = await operatorStage({ languageCode: "ru-RU" });
    await stage.deadMessage("blocked");
    await stage.says("/operator");
    expect(stage.newest().text).toBe(`${russian.needed}\n\n${russian.waits}\nmessage, dead: 1, 0 с`);
    expect(stage.newest().buttons).toStrictEqual(["Недоставленные сообщения: 1", "Обновить"]);
  });
});

describe("the operator's buttons", () => {
  it("fit into Telegram's 64 bytes, and are read as they were written", () => {
    const digest = "0123456789abcdef";
    const orderId = "019ab000-0000-7000-8000-00000000beef";
    const targets = [{ orderId }, ...needNames.map((list) => ({ list, digest }))];
    const all: OperatorData[] = [
      { verb: "overview" },
      ...needNames.map((need) => ({ verb: "list", need, page: 12 }) as const),
      ...targets.map((target) => ({ verb: "row", target }) as const),
      ...targets.flatMap((target) =>
        chatActs.flatMap((act) => [{ verb: "ask", act, target } as const, { verb: "do", act, target } as const]),
      ),
    ];
    for (const data of all) {
      const written = operatorData(data);
      expect(Buffer.byteLength(written)).toBeLessThanOrEqual(64);
      expect(parseOperatorData(written)).toStrictEqual(data);
    }
  });

  it.each([
    "op:",
    "op:overview:x",
    "op:list:late:-1",
    "op:list:all:0",
    "op:row:late:zz",
    "op:do:adopt",
    "op:do:x:late:0123456789abcdef",
  ])("are old if they are not ours any more: %s", (data) => {
    expect(parseOperatorData(data)).toBe("old");
  });
});

describe.each([
  ["English", english, /[a-z]/i],
  ["Russian", russian, /[а-яё]/i],
  ["Kazakh", kazakh, /[а-яёәғқңөұүһі]/i],
])("the operator's words in %s", (_language, texts: OperatorTexts, letters) => {
  const words = (part: OperatorTexts[keyof OperatorTexts]): string[] =>
    typeof part === "string" ? [part] : Object.values(part);

  it("are in that language", () => {
    for (const said of Object.values(texts).flatMap(words)) expect(said).toMatch(letters);
  });

  it("fit on buttons", () => {
    const yes = chatActs.map((act) => `${texts.yes}: ${texts.acts[act]}`);
    const lists = Object.values(texts.lists).map((name) => name.length);
    for (const label of [
      ...Object.values(texts.acts),
      ...yes,
      texts.back,
      texts.overview,
      texts.refresh,
      texts.showOrder,
    ])
      expect(label.length).toBeLessThanOrEqual(textLimits.button);
    expect(Math.max(...lists)).toBeLessThanOrEqual(textLimits.button);
  });
});
