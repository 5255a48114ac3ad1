import { aModel, valueOf } from "@likeness/testing";
import { isImageOrder } from "@likeness/core";
import { describe, expect, it } from "vitest";
import { botStage, newest } from "../__fixtures__/bot-stage.ts";
import { english } from "../__fixtures__/words.ts";
import { drawing } from "./__fixtures__/drawable.ts";
import { labelsOf, lastOf, mediaIn } from "./__fixtures__/seen-pictures.ts";

/** Ada's training has ended, and her first pictures are at the provider. */
async function ended() {
  const stage = await botStage({ notifies: true, images: { firstLook: true } });
  await stage.says("/start");
  const avatarId = await stage.draft();
  await valueOf(stage.likeness.trainings.start({ actor: "telegram:42", avatarId }));
  await stage.pass(2);
  stage.provider.report(stage.request().requestId, { type: "succeeded", outcome: aModel() });
  await stage.pass(12);
  const orders = (await valueOf(stage.storage.store.orders.listByAvatar(avatarId))).filter(isImageOrder);
  return { stage, avatarId, orders, ...drawing(stage) };
}

describe("the first look", () => {
  it("is an album before the message that the avatar is ready", async () => {
    const { stage, orders, make } = await ended();
    expect(orders).toHaveLength(4);
    for (const order of orders) make(order);
    await stage.pass(10);
    expect(mediaIn(stage).map(({ caption }) => caption)).toStrictEqual(
      [1, 2, 3, 4].map((place) => english("picture.caption", { place, blocked: 0, failed: 0 })),
    );
    expect(newest(stage).text).toBe(english("ready", { name: "Ada", model: "stored" }));
    expect(labelsOf(stage)[0]).toStrictEqual([english("button.make-pictures")]);
  });

  it("follows that message when it takes long, and is in the gallery", async () => {
    const { stage, avatarId, orders, make } = await ended();
    await stage.pass(90);
    expect(newest(stage).text).toBe(english("ready", { name: "Ada", model: "stored" }));
    for (const order of orders) make(order);
    await stage.pass(10);
    expect(mediaIn(stage)).toHaveLength(4);
    expect(newest(stage)).toStrictEqual({
      text: english("first-look", { name: "Ada" }),
      buttons: [[english("button.make-pictures")]],
    });
    await stage.forges(`v1:gallery:${avatarId}`);
    expect(labelsOf(stage)[0]).toStrictEqual(["1/4", "›"]);
    await stage.presses(english("button.show-prompt"));
    expect(lastOf(stage).caption).toContain("Scene: ");
  });
});

describe("in a topic of a private chat", () => {
  it("pictures are drawn, told and shown where they were ordered", async () => {
    const { stage, avatarId, orders, make, accepted } = await ended();
    for (const order of orders) make(order);
    await stage.pass(10);
    const { topicId } = stage.ada.createsTopic("Pictures");
    await stage.handle();
    const before = stage.ada.chat().length;
    await stage.says("/images");
    await stage.presses(english("button.own-words"));
    await stage.says("on a bicycle");
    await stage.presses("4 pictures");
    await stage.presses(english("button.draw"));
    stage.ada.opensTopic();
    for (const order of await accepted()) make(order);
    await stage.pass(8);
    const shown = stage.ada
      .chat()
      .slice(before)
      .filter(({ from }) => from === "bot");
    expect(shown.length).toBeGreaterThan(5);
    expect(new Set(shown.map((message) => message.topicId))).toStrictEqual(new Set([topicId]));
    stage.ada.opensTopic(topicId);
    await stage.presses("2");
    expect(lastOf(stage).topicId).toBe(topicId);
    expect(await stage.forges(`v1:make:${avatarId}`)).toBeUndefined();
  });
});

describe("somebody who has blocked the bot", () => {
  it("gets the pictures on coming back, and the message about the drawing goes", async () => {
    const { stage, orders, make, accepted } = await ended();
    for (const order of orders) make(order);
    await stage.pass(10);
    await stage.says("/images");
    await stage.presses("Café");
    await stage.presses(english("button.draw"));
    const [order] = await accepted();
    stage.ada.blocks();
    await stage.handle();
    if (order) make(order);
    await stage.pass(20);
    stage.ada.unblocks();
    await stage.handle();
    await stage.pass(5);
    expect(mediaIn(stage)).toHaveLength(5);
    expect(stage.bot().some(({ text }) => text.startsWith("Drawing"))).toBe(false);
  });
});
