import { aModel, photoBytes, valueOf } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { botStage, newest, type BotStage, type StageOptions } from "./__fixtures__/bot-stage.ts";
import { english } from "./__fixtures__/words.ts";

/** Ada has opened a topic of her chat with the bot. */
async function inTopic(options: StageOptions = {}) {
  const stage = await botStage(options);
  const { topicId } = stage.ada.createsTopic("Likeness");
  await stage.handle();
  return { stage, topicId };
}

const elsewhere = ({ ada }: BotStage, topicId: number) =>
  ada.chat().filter((message) => message.from === "bot" && message.topicId !== topicId);

describe("in a topic of a private chat", () => {
  it("everything is answered there, from the greeting to the news about the training, whatever she does elsewhere", async () => {
    const { stage, topicId } = await inTopic({ bots: 2, notifies: true });
    expect(stage.bot()).toStrictEqual([]);
    await stage.says("/start");
    await stage.presses(english("button.portrait"));
    await stage.presses(english("button.female"));
    await stage.says("A");
    await stage.says("Ada");
    stage.ada.sendsAlbum([
      ...[1, 2, 3].map(() => ({ bytes: photoBytes() })),
      { bytes: photoBytes({ reject: { code: "empty" } }) },
    ]);
    stage.ada.sendsVoice();
    await stage.handle();
    await stage.pass(10);
    await stage.presses(english("button.continue"));
    await stage.presses(english("button.train"));
    await stage.pass(1);
    stage.ada.opensTopic();
    stage.provider.report(stage.request().requestId, { type: "running", percent: 40 });
    await stage.pass(12);
    stage.provider.report(stage.request().requestId, { type: "succeeded", outcome: aModel() });
    await stage.pass(8);
    expect(newest(stage).buttons).toContainEqual([english("button.create")]);
    expect(elsewhere(stage, topicId)).toStrictEqual([]);
    const [avatar] = await stage.overviews();
    stage.ada.opensTopic(topicId);
    await stage.forges(`v1:open:${avatar?.avatar.id}`);
    expect(stage.ada.chat().at(-1)).toMatchObject({ from: "bot", topicId });
    expect(stage.fake.control.calls.map(({ method }) => method)).toContain("sendPhoto");
    expect(elsewhere(stage, topicId)).toStrictEqual([]);
  });

  it("the wizard goes its own way, beside the one elsewhere", async () => {
    const { stage, topicId } = await inTopic();
    await stage.says("/start");
    await stage.presses(english("button.portrait"));
    await stage.presses(english("button.female"));
    stage.ada.opensTopic();
    await stage.says("Hello?");
    expect(stage.ada.chat().at(-1)).toMatchObject({ text: english("hint", { waiting: "nothing", received: "text" }) });
    expect(stage.ada.chat().at(-1)?.topicId).toBeUndefined();
    await stage.says("/start");
    expect((await stage.conversation()).step).toStrictEqual({ name: "kind" });
    expect((await stage.conversation(topicId)).step).toMatchObject({ name: "name" });
    stage.ada.opensTopic(topicId);
    await stage.says("Ada");
    expect((await stage.conversation(topicId)).step).toMatchObject({ name: "photos" });
    expect((await stage.conversation()).step).toStrictEqual({ name: "kind" });
    expect(stage.ada.chat().at(-1)).toMatchObject({ from: "bot", topicId });
  });

  it("the language is the one that was chosen anywhere in the chat", async () => {
    const { stage, topicId } = await inTopic();
    await stage.says("/start");
    await stage.presses("Перейти на русский");
    stage.ada.opensTopic();
    await stage.says("/start");
    expect(newest(stage).text).toContain("Какой аватар создаём?");
    expect((await stage.conversation(topicId)).locale).toBe("ru");
  });

  it("what Telegram did not take is said there later", async () => {
    const { stage, topicId } = await inTopic();
    stage.fake.control.fault({ method: "sendMessage", times: 2, answer: { error_code: 502, html: true } });
    await stage.says("/start");
    stage.ada.opensTopic();
    await stage.pass(60);
    expect(stage.bot().map(({ text }) => text)).toStrictEqual([english("welcome"), english("kind.prompt")]);
    expect(elsewhere(stage, topicId)).toStrictEqual([]);
  });

  it("that was deleted, what comes later comes to the chat instead of nowhere", async () => {
    const { stage, topicId } = await inTopic({ notifies: true });
    const avatarId = await stage.draft();
    await stage.says("/start");
    await stage.forges(`v1:confirm:${avatarId}`);
    await stage.presses(english("button.train"));
    await stage.pass(1);
    stage.ada.deletesTopic(topicId);
    stage.provider.report(stage.request().requestId, { type: "succeeded", outcome: aModel() });
    await stage.pass(30);
    const ready = stage.ada
      .chat()
      .findLast(({ buttons }) => buttons.flat().some(({ text }) => text === english("button.create")));
    expect(ready).toBeDefined();
    expect(ready?.topicId).toBeUndefined();
  });

  it("news of a training that was ordered again elsewhere come there", async () => {
    const { stage, topicId } = await inTopic({ notifies: true });
    const avatarId = await stage.draft();
    const train = async () => {
      await stage.says("/start");
      await stage.forges(`v1:confirm:${avatarId}`);
      await stage.presses(english("button.train"));
      await stage.pass(1);
      stage.provider.report(stage.request().requestId, { type: "failed", detail: "no" });
      await stage.pass(30);
      return stage.ada
        .chat()
        .findLast(({ text }) => text === english("failed", { name: "Ada", reason: "provider_error" }))?.topicId;
    };
    expect(await train()).toBe(topicId);
    stage.ada.opensTopic();
    expect(await train()).toBeUndefined();
  });
});

it("keeps what stands in the topics that are in the middle of something, and lets go of the oldest others", async () => {
  const { stage, topicId } = await inTopic();
  await stage.says("/start");
  await stage.presses(english("button.portrait"));
  for (let count = 0; count < 25; count++) {
    stage.ada.createsTopic(`Topic ${count}`);
    await stage.says("Hello?");
  }
  expect((await stage.conversation(topicId)).step).toMatchObject({ name: "gender" });
  const row = await valueOf(stage.storage.store.sessions.find("telegram:chat:42"));
  expect(row?.value).toMatchObject({ topics: expect.toSatisfy((topics: object) => Object.keys(topics).length === 22) });
});
