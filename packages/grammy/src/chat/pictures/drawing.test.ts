import { memoryCredits, pictureBytes, streamOf, valueOf } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { newest, type BotStage } from "../__fixtures__/bot-stage.ts";
import { english } from "../__fixtures__/words.ts";
import { drawable, type Drawable } from "./__fixtures__/drawable.ts";
import { callsOf, dataOf, labelsOf, lastOf, mediaIn } from "./__fixtures__/seen-pictures.ts";

/** Ada has pressed *Draw*. */
async function ordered(count: 1 | 4, options: Parameters<typeof drawable>[0] = {}): Promise<Drawable> {
  const drawn = await drawable(options);
  const { stage } = drawn;
  await stage.says("/images");
  await stage.presses("Café");
  if (count === 4) await stage.presses("4 pictures");
  await stage.presses(english("button.draw"));
  return drawn;
}

const line = (ready: number, count = 4) => english("drawing", { name: "Ada", ready, count });

const lines = (stage: BotStage) => stage.bot().filter(({ text }) => text.startsWith("Drawing"));

describe("the message while pictures are drawn", () => {
  it("counts them in place, shows that photos are coming, and is gone when they are there", async () => {
    const { stage, accepted, make } = await ordered(4);
    const [first, second, third, fourth] = await accepted();
    if (!first || !second || !third || !fourth) throw new Error("four pictures were ordered");
    stage.provider.report(stage.request().requestId, { type: "running" });
    make(first);
    await stage.pass(8);
    expect(lines(stage).map(({ text }) => text)).toStrictEqual([line(1)]);
    make(second);
    make(third);
    await stage.pass(8);
    expect(lines(stage).map(({ text }) => text)).toStrictEqual([line(3)]);
    expect(callsOf(stage, "sendChatAction").map(({ payload }) => payload["action"])).toContain("upload_photo");
    expect(mediaIn(stage)).toStrictEqual([]);
    make(fourth);
    await stage.pass(8);
    expect(lines(stage)).toStrictEqual([]);
    expect(mediaIn(stage)).toHaveLength(4);
    expect(await valueOf(stage.storage.store.sessions.find(`telegram:drawing:${first.id}`))).toBeUndefined();
  });

  it("is edited only when something has changed", async () => {
    const { stage, accepted } = await ordered(4);
    await accepted();
    const before = callsOf(stage, "editMessageText").length;
    await stage.pass(60);
    expect(callsOf(stage, "editMessageText")).toHaveLength(before);
    expect(callsOf(stage, "sendChatAction").length).toBeGreaterThan(10);
  });

  it("is sent by the job when Telegram did not take it, and comes once", async () => {
    const drawn = await drawable();
    const { stage } = drawn;
    await stage.says("/images");
    await stage.presses("Café");
    const answer = { error_code: 502, html: true };
    stage.fake.control.fault({ method: ["editMessageText", "sendMessage"], times: 1, answer });
    await stage.presses(english("button.draw"));
    await stage.pass(20);
    expect(lines(stage)).toHaveLength(1);
  });
});

describe("Draw", () => {
  it("is used up by the first press, however often it is pressed and however many bots handle it", async () => {
    const { stage, accepted, make } = await drawable({ bots: 2 });
    await stage.says("/images");
    await stage.presses("Café");
    await stage.presses("4 pictures");
    const data = dataOf(stage, english("button.draw"));
    const { id } = lastOf(stage);
    stage.ada.forges(data, id);
    await stage.handleAtOnce(stage.newestUpdate(), 20);
    for (let press = 0; press < 20; press += 1) {
      stage.ada.forges(data, id);
      await stage.handle();
    }
    await stage.pass(3);
    const orders = await accepted();
    expect(orders).toHaveLength(4);
    expect(stage.provider.submissions.filter(({ order }) => order.kind === "image")).toHaveLength(4);
    expect(lines(stage)).toHaveLength(1);
    for (const order of orders) make(order);
    await stage.pass(10);
    expect(mediaIn(stage)).toHaveLength(4);
    const { answer } = stage.ada.forges(data, id);
    await stage.handle();
    expect((await answer).text).toBe(english("toast.old-button"));
    await stage.pass(10);
    expect(stage.provider.submissions.filter(({ order }) => order.kind === "image")).toHaveLength(4);
    expect(mediaIn(stage)).toHaveLength(4);
  });

  it("orders nothing from a message that Telegram no longer has", async () => {
    const { stage, avatarId } = await drawable();
    stage.ada.forges(`v1:draw:${avatarId}:s12345678-4x5-1`, undefined);
    await stage.handle();
    for (const era of ["", "s12345678-4x5-2", "s12345678-5x5-1", "x1-4x5-1", "s:1-4x5-1", "w999-4x5-1"])
      expect(await stage.forges(`v1:draw:${avatarId}:${era}`)).toBe(english("toast.old-button"));
    expect(stage.provider.submissions.filter(({ order }) => order.kind === "image")).toStrictEqual([]);
  });
});

describe("Cancel", () => {
  it("draws nothing, charges nothing, and says so in place", async () => {
    const { stage, set, accepted } = await ordered(4);
    await accepted();
    await stage.presses(english("button.cancel-drawing"));
    const cancelled = {
      text: english("drawing.cancelled", { name: "Ada" }),
      buttons: [[english("button.make-pictures")]],
    };
    expect(newest(stage)).toStrictEqual(cancelled);
    await stage.pass(30);
    expect((await set()).places.map(({ status }) => status)).toStrictEqual(Array(4).fill("cancelled"));
    expect(newest(stage)).toStrictEqual(cancelled);
    expect(mediaIn(stage)).toStrictEqual([]);
    expect(stage.storage.jobs().filter(({ kind }) => kind === "telegram.drawing")).toStrictEqual([]);
  });

  it("is offered while something waits, and leaves what is drawn already", async () => {
    const { stage, accepted, make } = await ordered(4);
    const [first, ...others] = await accepted();
    if (!first) throw new Error("nothing was ordered");
    make(first);
    await stage.pass(8);
    expect(await stage.presses(english("button.cancel-drawing"))).toBe(english("toast.still-coming"));
    await stage.pass(15);
    expect(others).toHaveLength(3);
    expect(mediaIn(stage)).toHaveLength(1);
    expect(lines(stage)).toStrictEqual([]);
  });

  it("says that it does not work while the provider does not answer, and for another person's set nothing", async () => {
    const { stage, accepted } = await ordered(1);
    const [order] = await accepted();
    stage.provider.failNext("cancel", { type: "provider-unavailable", detail: "503" });
    expect(await stage.presses(english("button.cancel-drawing"))).toBe(english("toast.cannot-cancel"));
    const eve = stage.fake.control.person(43, { firstName: "Eve", languageCode: "en" });
    eve.says("/start");
    await stage.handle();
    const { answer } = eve.forges(`v1:stop:${order?.id}`);
    await stage.handle();
    expect((await answer).text).toBe(english("toast.old-button"));
  });
});

describe("the end of a set", () => {
  it("is an album, and below it a button for each picture and one for another round", async () => {
    const { stage, accepted, make } = await ordered(4);
    for (const order of await accepted()) make(order);
    await stage.pass(8);
    const album = mediaIn(stage);
    expect(new Set(album.map(({ albumId }) => albumId)).size).toBe(1);
    expect(album.map(({ caption }) => caption)).toStrictEqual([1, 2, 3, 4].map((place) => `${place} · Made with AI`));
    expect(newest(stage)).toStrictEqual({
      text: english("pictures.done", { name: "Ada", pictures: 4, blocked: 0, failed: 0 }),
      buttons: [["1", "2", "3", "4"], [english("button.again")]],
    });
    await stage.presses("3");
    expect(lastOf(stage).caption).toBe("Ada\nMade with AI");
    expect(labelsOf(stage)[0]).toStrictEqual(["‹", "3/4", "›"]);
  });

  it("waits for a picture that comes late, and names the blocked, the failed and the lost one with it", async () => {
    const { stage, accepted, make, fail, set } = await ordered(4);
    const [blocked, failed, lost, late] = await accepted();
    if (!blocked || !failed || !lost || !late) throw new Error("four pictures were ordered");
    make(blocked, { blocked: "flagged" });
    fail(failed);
    make(lost, {}, new Uint8Array());
    await stage.pass(600);
    expect([lines(stage).length, mediaIn(stage)]).toStrictEqual([1, []]);
    make(late);
    await stage.pass(80);
    const { places } = await set();
    expect(places.map(({ status, reason }) => reason ?? status)).toStrictEqual([
      "blocked",
      "provider_error",
      "result_lost",
      "shown",
    ]);
    const caption = english("picture.caption", { blocked: 1, failed: 2 });
    expect(mediaIn(stage).map((message) => message.caption)).toStrictEqual([caption]);
    expect(lines(stage)).toStrictEqual([]);
  });

  it("names the pictures that were blocked, failed or given up in one sentence, and pushes none after that", async () => {
    const { stage, accepted, make, fail, set } = await ordered(4);
    const [shown, blocked, failed, lost] = await accepted();
    if (!shown || !blocked || !failed || !lost) throw new Error("four pictures were ordered");
    make(shown);
    make(blocked, { blocked: "flagged" });
    fail(failed);
    await stage.pass(920);
    expect((await set()).places.map(({ status }) => status)).toStrictEqual(["shown", "blocked", "failed", "failed"]);
    const caption = english("picture.caption", { blocked: 1, failed: 2 });
    expect(mediaIn(stage).map((message) => message.caption)).toStrictEqual([caption]);
    expect(caption.split("\n")).toStrictEqual([
      "Made with AI",
      "1 picture was blocked by the safety filter, 2 could not be drawn.",
    ]);
    const before = stage.bot().length;
    make(lost);
    await stage.likeness.operator.look({ operator: "olga", orderId: lost.id });
    await stage.pass(30);
    expect(stage.bot()).toHaveLength(before);
  });

  it.each([
    [
      "the safety filter",
      ({ fail }: Drawable, order: Order) => fail(order, "content_blocked"),
      { blocked: 1, failed: 0 },
    ],
    ["an error", ({ fail }: Drawable, order: Order) => fail(order), { blocked: 0, failed: 1 }],
  ] as const)("says why there is no picture: %s, and draws it again", async (_why, end, missing) => {
    const drawn = await ordered(1);
    const { stage, accepted, set } = drawn;
    const [order] = await accepted();
    if (!order) throw new Error("nothing was ordered");
    end(drawn, order);
    await stage.pass(10);
    const reason = missing.failed > 0 ? "provider_error" : undefined;
    expect(newest(stage)).toStrictEqual({
      text: english("pictures.failed", { name: "Ada", ...missing, reason }),
      buttons: [[english("button.try-again")]],
    });
    expect(lines(stage)).toStrictEqual([]);
    await stage.presses(english("button.try-again"));
    expect(newest(stage).text).toBe(line(0, 1));
    expect((await set()).id).not.toBe(order.id);
    expect((await set()).places[0].order.snapshot.plan).toMatchObject({ scene: "cafe", ratio: "4:5" });
  });

  it.each([
    ["nothing", new Uint8Array()],
    ["a page", new TextEncoder().encode("<html>")],
    ["60 MB", () => streamOf(...Array.from({ length: 60 }, () => new Uint8Array(1_000_000)))],
    ["14,000 × 14,000 pixels", pictureBytes({ width: 14_000, height: 14_000 })],
  ])("is one sentence where the provider sends %s instead of a picture, and it costs nothing", async (_what, bytes) => {
    const credits = memoryCredits({ prices: { image: 10 } });
    await valueOf(credits.topUp({ ownerId: "telegram:42", amount: 30, reference: "bought" }));
    const { stage, accepted, make, set } = await ordered(1, { credits });
    const [order] = await accepted();
    if (!order) throw new Error("nothing was ordered");
    make(order, {}, bytes);
    await stage.pass(80);
    expect((await set()).places.map(({ status }) => status)).toStrictEqual(["failed"]);
    const missing = { blocked: 0, failed: 1, priced: true } as const;
    expect(newest(stage)).toStrictEqual({
      text: english("pictures.failed", { name: "Ada", ...missing, reason: "result_lost" }),
      buttons: [[english("button.try-again")]],
    });
    expect([lines(stage), mediaIn(stage)]).toStrictEqual([[], []]);
    expect(await valueOf(credits.balance("telegram:42"))).toMatchObject({ balance: 30, held: 0 });
  });
});

type Order = Parameters<Drawable["fail"]>[0];
