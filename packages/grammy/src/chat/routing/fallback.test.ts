import { describe, expect, it } from "vitest";
import { photoBytes } from "@likeness/testing";
import type { StepName } from "../../conversation/conversation.ts";
import type { Received } from "../received.ts";
import type { Waiting } from "../../texts/texts.ts";
import { botStage, type BotStage } from "../__fixtures__/bot-stage.ts";
import { reach } from "../__fixtures__/reach.ts";
import { english } from "../__fixtures__/words.ts";

const waitingOf = (name: StepName): Waiting => (name === "idle" ? "nothing" : name);
const hint = (waiting: Waiting, received: Received) => ({ text: english("hint", { waiting, received }) });

/** What the bot says to something that Ada does. */
async function answerTo(stage: BotStage, act: () => unknown) {
  const before = stage.ada.chat().at(-1)?.id;
  act();
  await stage.handle();
  return stage.bot(before);
}

const things = [
  { received: "voice", send: ({ ada }: BotStage) => ada.sendsVoice() },
  { received: "sticker", send: ({ ada }: BotStage) => ada.sendsSticker() },
  { received: "video", send: ({ ada }: BotStage) => ada.sendsVideo() },
  { received: "location", send: ({ ada }: BotStage) => ada.sendsLocation() },
] as const;

describe.each(["idle", "kind", "gender", "name", "photos", "rename"] as const)("in the step %s", (step) => {
  const waiting = waitingOf(step);

  it.each(things)("a $received gets a hint and changes nothing", async ({ received, send }) => {
    const stage = await botStage();
    await reach(stage, step);
    const before = (await stage.conversation()).step;
    expect(await answerTo(stage, () => send(stage))).toStrictEqual([hint(waiting, received)]);
    expect((await stage.conversation()).step).toStrictEqual(before);
  });

  it("an unknown command gets a hint, and is never a name", async () => {
    const stage = await botStage();
    await reach(stage, step);
    const before = (await stage.conversation()).step;
    expect(await answerTo(stage, () => stage.ada.says("/balance now"))).toStrictEqual([hint(waiting, "command")]);
    expect((await stage.conversation()).step).toStrictEqual(before);
  });
});

it.each(["idle", "kind", "gender", "photos"] as const)("gives a text a hint in the step %s", async (step) => {
  const stage = await botStage();
  await reach(stage, step);
  expect(await answerTo(stage, () => stage.ada.says("Hello"))).toStrictEqual([hint(waitingOf(step), "text")]);
});

it.each(["idle", "kind", "gender", "name", "rename"] as const)(
  "gives an album of photos one hint in the step %s",
  async (step) => {
    const stage = await botStage();
    await reach(stage, step);
    const album = () => stage.ada.sendsAlbum([{ bytes: photoBytes() }, { bytes: photoBytes() }]);
    expect(await answerTo(stage, album)).toStrictEqual([
      { text: english("hint", { waiting: waitingOf(step), received: "photo", album: true }) },
    ]);
  },
);

it("calls an unknown button old", async () => {
  const stage = await botStage();
  await stage.says("/start");
  expect(await stage.forges("menu:7")).toBe(english("toast.old-button"));
});

it("asks for the present step when it was never asked", async () => {
  const stage = await botStage();
  await reach(stage, "kind");
  stage.fake.control.fault({ method: "editMessageText", answer: "drop" });
  await stage.presses(english("button.portrait"));
  expect((await answerTo(stage, () => stage.ada.says("Hello?"))).map(({ text }) => text)).toStrictEqual([
    english("gender.prompt", { kind: "portrait" }),
  ]);
});

it("lets an edited message change nothing", async () => {
  const stage = await botStage();
  await reach(stage, "name");
  const { messageId } = stage.ada.says("Ada");
  await stage.handle();
  expect(await answerTo(stage, () => stage.ada.edits(messageId, { text: "Eve" }))).toStrictEqual([]);
  expect((await stage.overviews()).map(({ avatar }) => avatar.name)).toStrictEqual(["Ada"]);
});
