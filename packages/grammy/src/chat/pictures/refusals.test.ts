import { freeOfCharge, isImageOrder, type Credits } from "@likeness/core";
import { valueOf } from "@likeness/testing";
import { errAsync, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { newest, type BotStage, type StageOptions } from "../__fixtures__/bot-stage.ts";
import { english } from "../__fixtures__/words.ts";
import { drawable } from "./__fixtures__/drawable.ts";
import { labelsOf } from "./__fixtures__/seen-pictures.ts";

/** Ada looks at a card. */
async function atCard(options: StageOptions = {}) {
  const drawn = await drawable(options);
  await drawn.stage.says("/images");
  await drawn.stage.presses("Café");
  return drawn;
}

const images = ({ provider }: BotStage) => provider.submissions.filter(({ order }) => order.kind === "image");

const drawsOnce = async (stage: BotStage): Promise<string | undefined> => {
  await stage.says("/images");
  await stage.presses("Café");
  return stage.presses(english("button.draw"));
};

/** Take trainings, and fail for pictures. */
const failing: Credits = {
  ...freeOfCharge,
  reserve: ({ kind }) =>
    kind === "training" ? okAsync(undefined) : errAsync({ type: "credits-failure", cause: "on purpose" }),
};

describe("what cannot be drawn", () => {
  it("is an avatar without a model, by its status", async () => {
    const { stage } = await drawable();
    const draft = await stage.draft("Grace");
    expect(await stage.forges(`v1:make:${draft}`)).toBe(english("toast.no-model", { status: "draft" }));
    await stage.likeness.trainings.start({ actor: "telegram:42", avatarId: draft });
    await stage.pass(2);
    for (const verb of ["make", "scenes", "scene", "words"])
      expect(await stage.forges(`v1:${verb}:${draft}`)).toBe(english("toast.no-model", { status: "training" }));
    stage.provider.report(stage.request().requestId, { type: "failed", detail: "boom" });
    await stage.pass(20);
    expect(await stage.forges(`v1:make:${draft}`)).toBe(english("toast.no-model", { status: "failed" }));
  });

  it("is more than two orders at once, or twenty a day with the training, as a toast with the number", async () => {
    const { stage, make } = await drawable();
    expect(await drawsOnce(stage)).toBeUndefined();
    expect(await drawsOnce(stage)).toBeUndefined();
    const bubbles = stage.bot().length;
    expect(await drawsOnce(stage)).toBe(english("toast.too-many", { limit: "at-once", maximum: 2 }));
    expect(stage.bot()).toHaveLength(bubbles + 1);
    const finish = async () => {
      await stage.pass(2);
      for (const { order } of images(stage)) {
        const stored = await valueOf(stage.storage.store.orders.find(order.id));
        if (isImageOrder(stored) && stored.state.status === "submitted") make(stored);
      }
      await stage.pass(6);
    };
    await finish();
    for (let sets = 2; sets < 18; sets += 2) {
      await drawsOnce(stage);
      await drawsOnce(stage);
      await finish();
    }
    await drawsOnce(stage);
    expect(images(stage)).toHaveLength(19);
    expect(await drawsOnce(stage)).toBe(
      "That is all for today: up to 20 orders a day. You can order again in 18 hours.",
    );
  });

  it("is what the person's credits do not cover, and the card still works when they do", async () => {
    let covered = true;
    const credits: Credits = {
      ...freeOfCharge,
      reserve: () => (covered ? okAsync(undefined) : errAsync({ type: "credits-refused", detail: "empty" })),
    };
    const { stage } = await atCard({ credits });
    covered = false;
    const bubbles = stage.bot().length;
    for (let press = 0; press < 20; press += 1) await stage.presses(english("button.draw"));
    expect(newest(stage).text).toBe(english("credits.pictures", { shop: false }));
    expect(stage.bot()).toHaveLength(bubbles + 1);
    covered = true;
    await stage.presses(english("button.draw"));
    expect(stage.bot().map(({ text }) => text)).toContain(english("drawing", { name: "Ada", ready: 0, count: 1 }));
  });

  it("is what the host does not allow", async () => {
    const { stage } = await drawable({
      images: { screenPrompt: () => errAsync({ type: "prompt-refused", detail: "weapons" }) },
    });
    await stage.says("/images");
    await stage.presses(english("button.own-words"));
    await stage.says("with a sword");
    await stage.presses(english("button.draw"));
    expect(newest(stage).text).toBe(english("words.refused"));
    expect(images(stage)).toStrictEqual([]);
  });

  it.each<[string, StageOptions]>([
    [
      "a hook of the host",
      { images: { translatePrompt: () => errAsync({ type: "prompt-hook-failure", cause: "on purpose" }) } },
    ],
    ["the credits", { credits: failing }],
  ])("is trouble when %s does not answer", async (_what, options) => {
    const { stage } = await drawable(options);
    await stage.says("/images");
    await stage.presses(english("button.own-words"));
    await stage.says("with a sword");
    await stage.presses(english("button.draw"));
    expect(newest(stage).text).toBe(english("trouble"));
    expect(images(stage)).toStrictEqual([]);
    expect(stage.log.entries.filter(({ level }) => level === "error")).toMatchObject([
      { fields: { actor: "telegram:42" } },
    ]);
  });

  it("is a scene that the host no longer has; others are offered", async () => {
    const { stage, avatarId } = await atCard();
    await stage.forges(`v1:draw:${avatarId}:s00000000-4x5-1`);
    expect(newest(stage).text).toBe(english("scene.gone"));
    expect(labelsOf(stage)).toStrictEqual([[english("button.other-scene")]]);
    await stage.forges(`v1:scene:${avatarId}:00000000`);
    expect(newest(stage).text).toBe(english("scene.gone"));
    await stage.presses(english("button.other-scene"));
    expect(newest(stage).text).toContain("Choose a scene");
    expect(images(stage)).toStrictEqual([]);
  });

  it("is an avatar of another person", async () => {
    const { stage, avatarId } = await atCard();
    const eve = stage.fake.control.person(43, { firstName: "Eve", languageCode: "en" });
    eve.says("/start");
    await stage.handle();
    for (const data of [
      `make:${avatarId}`,
      `scene:${avatarId}:1`,
      `draw:${avatarId}:s00000000-4x5-1`,
      `gallery:${avatarId}`,
    ]) {
      const { answer } = eve.forges(`v1:${data}`);
      await stage.handle();
      expect((await answer).text).toBe(english("toast.old-button"));
    }
  });

  it("is everything while the store fails; nothing is lost", async () => {
    const { stage } = await atCard();
    stage.storage.setDown(true);
    await stage.presses(english("button.draw"));
    expect(newest(stage).text).toBe(english("trouble"));
    stage.storage.setDown(false);
    await stage.presses(english("button.draw"));
    expect(stage.bot().map(({ text }) => text)).toContain(english("drawing", { name: "Ada", ready: 0, count: 1 }));
  });
});
