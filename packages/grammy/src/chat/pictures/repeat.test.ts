import { freeOfCharge, type Credits } from "@likeness/core";
import { pictureBytes } from "@likeness/testing";
import { okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { newest, type StageOptions } from "../__fixtures__/bot-stage.ts";
import { english } from "../__fixtures__/words.ts";
import { drawable } from "./__fixtures__/drawable.ts";
import { dataOf, lastOf, mediaIn } from "./__fixtures__/seen-pictures.ts";

/** Ada looks at a picture that came alone. */
async function atPicture(options: StageOptions = {}) {
  const drawn = await drawable(options);
  await drawn.draws();
  return { ...drawn, picture: lastOf(drawn.stage) };
}

const priced: Credits = {
  ...freeOfCharge,
  quote: ({ kind, count }) => okAsync({ amount: kind === "upscale" ? 1 : 2 * count, unit: "credits" }),
};

const line = english("drawing", { name: "Ada", ready: 0, count: 1 });

describe("a picture", () => {
  it.each([
    ["button.again", { from: "scene", scene: "cafe" }, "image"],
    ["button.variation", { from: "variation", scene: "cafe" }, "image"],
    ["button.larger", { from: "upscale" }, "upscale"],
  ] as const)("is repeated at once where that costs nothing: %s", async (key, plan, kind) => {
    const { stage, set, accepted, make, picture } = await atPicture();
    const first = await set();
    await stage.presses(english(key));
    expect(newest(stage).text).toBe(line);
    expect(lastOf(stage).id).toBeGreaterThan(picture.id);
    const [order] = await accepted();
    expect(order?.kind).toBe(kind);
    expect(order?.snapshot.plan).toMatchObject(plan);
    expect(order?.snapshot.plan.seed).not.toBe(first.places[0].order.snapshot.plan.seed);
    if (order) make(order);
    await stage.pass(8);
    expect(mediaIn(stage)).toHaveLength(2);
  });

  it("is repeated once for each press, and once for the same press handled twice", async () => {
    const { stage } = await atPicture({ bots: 2 });
    stage.ada.presses({ text: english("button.again") });
    const update = stage.newestUpdate();
    await stage.handleAtOnce(update, 20);
    stage.fake.control.deliverAgain(update.update_id);
    await stage.handle();
    await stage.pass(2);
    const again = () => stage.provider.submissions.filter(({ order }) => order.kind === "image").length - 1;
    expect(again()).toBe(1);
    expect(stage.bot().filter(({ text }) => text === line)).toHaveLength(1);
    await stage.presses(english("button.again"));
    await stage.pass(2);
    expect(again()).toBe(2);
    expect(await stage.presses(english("button.again"))).toBe(
      english("toast.too-many", { limit: "at-once", maximum: 2 }),
    );
  });

  it.each([
    ["button.again", "again", 2],
    ["button.variation", "variation", 2],
    ["button.larger", "larger", 1],
  ] as const)("asks before it costs something: %s", async (key, what, amount) => {
    const { stage } = await atPicture({ credits: priced });
    const images = () => stage.provider.submissions.filter(({ order }) => order.kind !== "training").length - 1;
    await stage.presses(english(key));
    expect(newest(stage)).toStrictEqual({
      text: english("repeat.ask", { what, price: { amount, unit: "credits" } }),
      buttons: [[english("button.draw-it")], [english("button.not-now")]],
    });
    await stage.presses(english("button.not-now"));
    expect(lastOf(stage).photo).toBeDefined();
    await stage.pass(3);
    expect(images()).toBe(0);

    await stage.presses(english(key));
    const { id } = lastOf(stage);
    const data = dataOf(stage, english("button.draw-it"));
    for (let press = 0; press < 20; press += 1) {
      stage.ada.forges(data, id);
      await stage.handle();
    }
    await stage.pass(3);
    expect(images()).toBe(1);
    expect(lastOf(stage)).toMatchObject({ id, text: line });
  });

  it("cannot get larger than can be stored", async () => {
    const { stage, accepted, make } = await drawable();
    await stage.forges(`v1:make:${(await stage.overviews())[0]?.avatar.id}`);
    await stage.presses("Café");
    await stage.presses(english("button.draw"));
    const [order] = await accepted();
    if (order) make(order, {}, pictureBytes({ width: 4_000, height: 4_000 }));
    await stage.pass(8);
    expect(await stage.presses(english("button.larger"))).toBe(english("toast.too-large"));
  });

  it("that is gone, or another person's, is an old button", async () => {
    const { stage, set, actor } = await atPicture();
    const pictureId = (await set()).places[0].picture?.id ?? "";
    const eve = stage.fake.control.person(43, { firstName: "Eve", languageCode: "en" });
    eve.says("/start");
    await stage.handle();
    const verbs = ["again", "variation", "larger", "again-yes", "redraw", "redraw-yes", "original:s", "like:s"];
    const dataFor = (verb: string) => {
      const [name, era] = verb.split(":");
      return `v1:${name}:${pictureId}${era === undefined ? "" : `:${era}`}`;
    };
    for (const verb of verbs) {
      const { answer } = eve.forges(dataFor(verb));
      await stage.handle();
      expect((await answer).text, verb).toBe(english("toast.old-button"));
    }
    await stage.likeness.images.remove({ actor, pictureId });
    for (const verb of verbs.filter((each) => !each.startsWith("redraw")))
      expect(await stage.forges(dataFor(verb)), verb).toBe(english("toast.old-button"));
  });
});

describe("an album", () => {
  it("is drawn again as a whole, after the question where it costs something", async () => {
    const { stage, draws, accepted } = await drawable({ credits: priced });
    await draws(4);
    await stage.presses(english("button.again"));
    expect(newest(stage).text).toBe(english("repeat.ask", { what: "set", price: { amount: 8, unit: "credits" } }));
    await stage.presses(english("button.draw-it"));
    expect((await accepted()).map(({ snapshot: { plan } }) => plan.scene)).toStrictEqual(Array(4).fill("cafe"));
  });
});
