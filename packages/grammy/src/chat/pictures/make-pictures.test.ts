import { aModel, valueOf } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { botStage, newest, type BotStage } from "../__fixtures__/bot-stage.ts";
import { english, words } from "../__fixtures__/words.ts";
import { drawable, drawing, train } from "./__fixtures__/drawable.ts";

const photosIn = ({ ada }: BotStage) => ada.chat().filter(({ from, photo }) => from === "bot" && photo);
const lastOf = ({ ada }: BotStage) => {
  const message = ada.chat().at(-1);
  if (!message) throw new Error("the chat is empty");
  return message;
};
const labelsOf = (stage: BotStage) => lastOf(stage).buttons.map((row) => row.map(({ text }) => text));

const card = (given: Partial<Parameters<typeof english<"order.prompt">>[1]> = {}) =>
  english("order.prompt", {
    name: "Ada",
    shown: { scene: "Café" },
    ratio: "4:5",
    count: 1,
    previous: false,
    ...given,
  });

describe("the way to a picture", () => {
  it("leads from the message that the avatar is ready over a scene to a picture with its buttons", async () => {
    const stage = await botStage({ notifies: true });
    await stage.says("/start");
    await train(stage, await stage.draft());
    expect(newest(stage).buttons?.[0]).toStrictEqual([english("button.make-pictures")]);

    await stage.presses(english("button.make-pictures"));
    expect(newest(stage).text).toBe(english("scenes.prompt", { name: "Ada", page: 1, pages: 3, previous: false }));
    await stage.presses("Café");
    expect(newest(stage)).toStrictEqual({
      text: card(),
      buttons: [
        ["1:1", "✓ 4:5", "3:4", "2:3"],
        ["9:16", "4:3", "3:2", "16:9"],
        ["✓ 1 picture", "4 pictures"],
        [english("button.draw")],
        [english("button.other-scene")],
      ],
    });
    const bubbles = stage.bot().length;
    await stage.presses(english("button.draw"));
    expect(newest(stage)).toStrictEqual({
      text: english("drawing", { name: "Ada", ready: 0, count: 1 }),
      buttons: [[english("button.cancel-drawing")]],
    });
    expect(stage.bot()).toHaveLength(bubbles);
    const { accepted, make } = drawing(stage);
    const [order] = await accepted();
    if (order) make(order);
    await stage.pass(6);

    expect(lastOf(stage)).toMatchObject({ caption: "Made with AI", photo: { width: 864, height: 1152 } });
    expect(labelsOf(stage)).toStrictEqual([
      ["♡", english("button.again"), english("button.variation")],
      [english("button.original"), english("button.larger")],
    ]);
    expect(stage.bot()).toHaveLength(bubbles);
    expect(stage.storage.jobs().filter(({ kind }) => kind === "telegram.drawing")).toStrictEqual([]);
    expect(order?.snapshot.plan).toMatchObject({ from: "scene", scene: "cafe", ratio: "4:5" });
  });
});
