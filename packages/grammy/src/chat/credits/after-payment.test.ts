import { valueOf } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { botStage, newest, type BotStage } from "../__fixtures__/bot-stage.ts";
import { english } from "../__fixtures__/words.ts";
import { drawable } from "../pictures/__fixtures__/drawable.ts";

const booked = "Thank you! 50 Stars paid, 10 credits added.";

/** Ada buys ten credits. Returns what the bot says after the invoice. */
async function buys(stage: BotStage): Promise<readonly string[]> {
  await stage.says("/buy");
  await stage.presses("10 credits for 50 ⭐");
  const invoice = stage.ada.chat().at(-1)?.id;
  const { outcome } = stage.ada.pays();
  await stage.handle();
  expect(await outcome).toMatchObject({ type: "paid" });
  await stage.handle();
  await stage.pass(2);
  return stage.bot(invoice).map(({ text }) => text);
}

/** Ada wants a picture in a café, for which she has nothing. */
async function atRefusal({
  count = 1,
  sells = { training: 0, image: 2, upscale: 3 },
}: { readonly count?: 1 | 4; readonly sells?: Readonly<Record<string, number>> } = {}) {
  const drawn = await drawable({ sells });
  const { stage } = drawn;
  await stage.says("/images");
  await stage.presses("Café");
  if (count === 4) await stage.presses("4 pictures");
  const card = stage.ada.chat().at(-1)?.id ?? 0;
  await stage.presses(english("button.draw"));
  expect(newest(stage).text).toContain("You can get more with /buy.");
  return { ...drawn, card };
}

/** Ada wants a training of the best quality, for which she has nothing. */
async function trainingRefused() {
  const stage = await botStage({ sells: { training: 8, image: 2 } });
  const avatarId = await stage.draft();
  await stage.says("/start");
  await stage.forges(`v1:confirm:${avatarId}`);
  await stage.presses(english("button.preset", { preset: "quality", chosen: false }));
  const card = stage.ada.chat().at(-1)?.id;
  await stage.presses(english("button.train"));
  return { stage, card };
}

/** The job that a payment enqueues. */
const showsUnpaid = ({ avatars }: BotStage) => {
  const job = { kind: "telegram.unpaid", key: "telegram:42", payload: null, attempt: 1 };
  return avatars.handlers[job.kind]?.({ ...job, signal: new AbortController().signal });
};

describe("after a payment", () => {
  it("the pictures that could not be paid are one press away, and the card before is gone", async () => {
    const { stage, card, accepted } = await atRefusal({ count: 4 });
    const [thanks, shown, ...more] = await buys(stage);
    expect(thanks).toContain(booked);
    expect(shown).toContain("\nPrice: 8 credits\nYou have: 10");
    expect(more).toStrictEqual([]);
    expect(stage.ada.chat().find(({ id }) => id === card)).toBeUndefined();
    await stage.presses(english("button.draw"));
    expect(await accepted()).toHaveLength(4);
  });

  it("the training that could not be paid is one press away, in the preset that was chosen", async () => {
    const { stage, card } = await trainingRefused();
    const [thanks, shown] = await buys(stage);
    expect(thanks).toContain(booked);
    expect(shown).toContain("\nPrice: 8 credits\nYou have: 10");
    expect(stage.ada.chat().find(({ id }) => id === card)).toBeUndefined();
    await stage.presses(english("button.train"));
    const trainings = (await stage.overviews()).flatMap((overview) => overview.trainings);
    expect(trainings.map(({ snapshot }) => snapshot.preset)).toStrictEqual(["quality"]);
  });

  it("that cannot be ordered any more, the card before stays and says why when it is pressed", async () => {
    const { stage, card } = await trainingRefused();
    const [overview] = await stage.overviews();
    const photoId = overview?.photos[0]?.id ?? "";
    await valueOf(stage.likeness.photos.remove({ actor: "telegram:42", photoId }));
    expect(await buys(stage)).toHaveLength(1);
    expect(stage.ada.chat().some(({ id }) => id === card)).toBe(true);
    expect(await stage.presses(english("button.train"))).toContain("Please send 1 more photo");
  });

  it("the question about a larger picture is asked again, and the picture stays", async () => {
    const { stage, draws } = await drawable({ sells: { training: 0, image: 0, upscale: 3 } });
    await draws();
    const picture = stage.ada.chat().at(-1)?.id;
    await stage.presses(english("button.larger"));
    await stage.presses(english("button.draw-it"));
    const [, asked] = await buys(stage);
    expect(asked).toBe("Making this picture larger costs 3 credits. You have 10. Shall I draw it?");
    expect(stage.ada.chat().some(({ id }) => id === picture)).toBe(true);
  });

  it("that is not enough, the card says what is still missing", async () => {
    const { stage } = await atRefusal({ count: 4, sells: { training: 0, image: 5, upscale: 3 } });
    expect((await buys(stage))[1]).toContain("\nPrice: 20 credits\nYou have: 10");
  });

  it("nothing is shown where something else was ordered since", async () => {
    const sells = { training: 0, image: 2, upscale: 3 };
    const { stage, accepted, card } = await atRefusal({ sells });
    sells.image = 0;
    await stage.presses(english("button.draw"));
    await stage.presses(english("button.draw"));
    expect(await accepted()).toHaveLength(1);
    expect(stage.ada.chat().some(({ id }) => id === card)).toBe(true);
    expect(await buys(stage)).toHaveLength(1);
  });

  it("nothing is shown to somebody who wanted nothing, and a second payment shows nothing again", async () => {
    const { stage } = await atRefusal();
    expect(await buys(stage)).toHaveLength(2);
    expect(await buys(stage)).toHaveLength(1);
    const other = await botStage({ sells: { training: 8 } });
    await other.says("/start");
    expect(await buys(other)).toHaveLength(1);
  });

  it("the card before stays where it ordered meanwhile, because it tells of the order", async () => {
    const sells = { training: 0, image: 2, upscale: 3 };
    const { stage, accepted, card } = await atRefusal({ sells });
    stage.fake.control.fault({ method: "sendMessage", answer: { delayMs: 1_000 } });
    const shown = showsUnpaid(stage);
    sells.image = 0;
    await stage.presses(english("button.draw"));
    await stage.presses(english("button.draw"));
    await stage.pass(2);
    expect((await shown)?.isOk()).toBe(true);
    expect(await accepted()).toHaveLength(1);
    expect(stage.ada.chat().some(({ id }) => id === card)).toBe(true);
  });

  it("the card comes when Telegram takes messages again", async () => {
    const { stage } = await atRefusal();
    stage.fake.control.fault({ method: "sendMessage", answer: { error_code: 502 } });
    await showsUnpaid(stage);
    await stage.pass(20);
    expect(newest(stage).text).toContain("\nPrice: 2 credits\nYou have: 0");
  });
});
