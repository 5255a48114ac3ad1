import type { AvatarKind, Profile } from "@likeness/core";
import { describe, expect, it } from "vitest";
import { photoBytes, someProfiles, valueOf } from "@likeness/testing";
import { botStage, newest, photoLimits, type BotStage, type StageOptions } from "../__fixtures__/bot-stage.ts";
import { english } from "../__fixtures__/words.ts";

const card = (preset: "fast" | "balanced" | "quality", minutes?: number) => ({
  text: english("confirm.prompt", { name: "Ada", kind: "portrait", gender: "female", photos: 3, preset, minutes }),
  buttons: [
    ...(["fast", "balanced", "quality"] as const).map((each) => [
      english("button.preset", { preset: each, chosen: each === preset }),
    ]),
    [english("button.train")],
    [english("button.more-photos")],
  ],
});

/** Ada looks at the confirmation card of an avatar with enough photos. */
async function confirming(options: StageOptions = {}): Promise<{ stage: BotStage; avatarId: string }> {
  const stage = await botStage(options);
  const avatarId = await stage.draft();
  await stage.says("/start");
  await stage.forges(`v1:confirm:${avatarId}`);
  return { stage, avatarId };
}

const trainings = async (stage: BotStage) => (await stage.overviews()).flatMap((overview) => overview.trainings);

it("shows what is about to be trained, and lets the preset be chosen", async () => {
  const { stage } = await confirming();
  const before = stage.bot().length;
  expect(newest(stage)).toStrictEqual(card("balanced"));
  await stage.presses(english("button.preset", { preset: "quality", chosen: false }));
  expect(newest(stage)).toStrictEqual(card("quality"));
  expect(stage.bot()).toHaveLength(before);
  await stage.presses(english("button.train"));
  expect((await trainings(stage)).map(({ snapshot }) => snapshot.preset)).toStrictEqual(["quality"]);
});

it("has no presets to choose from when the host fixed one", async () => {
  const { stage, avatarId } = await confirming({ preset: "fast" });
  expect(newest(stage)).toStrictEqual({ ...card("fast"), buttons: card("fast").buttons.slice(3) });
  await stage.forges(`v1:train-quality:${avatarId}`);
  expect((await trainings(stage)).map(({ snapshot }) => snapshot.preset)).toStrictEqual(["fast"]);
});

it("becomes the progress card, and ends the wizard", async () => {
  const { stage, avatarId } = await confirming();
  await stage.forges(`v1:photos:${avatarId}`);
  await stage.forges(`v1:confirm:${avatarId}`);
  const before = stage.bot().length;
  expect(await stage.presses(english("button.train"))).toBeUndefined();
  expect(stage.bot()).toHaveLength(before);
  expect(newest(stage)).toStrictEqual({
    text: english("progress", { name: "Ada", phase: "preparing", remaining: undefined }),
    buttons: [[english("button.cancel-training")]],
  });
  expect((await stage.conversation()).step).toStrictEqual({ name: "idle" });
});

it("orders one training, however often it is pressed and by however many processes that is handled", async () => {
  const { stage } = await confirming({ bots: 2 });
  const first = stage.ada.presses({ text: english("button.train") });
  const second = stage.ada.presses({ text: english("button.train") });
  const [one, two] = stage.fake.control.updates.slice(-2);
  if (!one || !two) throw new Error("two presses are two updates");
  await Promise.all([stage.handleAtOnce(one, 2), stage.handleAtOnce(two, 2)]);
  expect([await first.answer, await second.answer]).toStrictEqual([{}, {}]);
  await stage.pass(30);
  expect(await trainings(stage)).toHaveLength(1);
  expect(stage.provider.accepted).toHaveLength(1);
  expect(stage.bot().filter(({ text }) => text.includes("In the queue"))).toHaveLength(1);
});

it("goes on with the same training when the press comes again after a crash", async () => {
  const { stage } = await confirming();
  stage.ada.presses({ text: english("button.train") });
  stage.fake.control.fault({ untilCleared: true, answer: "drop" });
  await stage.handle();
  stage.fake.control.clearFaults();
  await stage.handleAtOnce(stage.newestUpdate());
  await stage.pass(60);
  expect(await trainings(stage)).toHaveLength(1);
  expect(newest(stage).text).toBe(
    english("progress", { name: "Ada", phase: "queued", position: 0, remaining: undefined }),
  );
  expect(stage.bot().filter(({ text }) => text.includes("In the queue"))).toHaveLength(1);
});

describe("does not order", () => {
  it("while a training is under way", async () => {
    const { stage, avatarId } = await confirming();
    await stage.presses(english("button.train"));
    for (const verb of ["confirm", "train-fast", "preset-fast", "photos"])
      expect(await stage.forges(`v1:${verb}:${avatarId}`)).toBe(
        verb === "train-fast" ? undefined : english("toast.training-active"),
      );
    await stage.says("/start");
    expect(await stage.forges(`v1:train-fast:${avatarId}`)).toBe(english("toast.training-active"));
    expect(await trainings(stage)).toHaveLength(1);
  });

  it("with too few photos", async () => {
    const { stage, avatarId } = await confirming();
    const [photo] = (await stage.overviews()).flatMap(({ photos }) => photos);
    await valueOf(stage.likeness.photos.remove({ actor: "telegram:42", photoId: photo?.id ?? "" }));
    const toast = english("toast.missing", { missing: 1, accepted: 2, ...photoLimits });
    expect(await stage.presses(english("button.train"))).toBe(toast);
    expect(await stage.forges(`v1:confirm:${avatarId}`)).toBe(toast);
    expect(await trainings(stage)).toStrictEqual([]);
  });

  it("an avatar of a kind that is not offered any more, and offers no training of it", async () => {
    const profiles: Partial<Record<AvatarKind, Profile>> = { ...someProfiles(photoLimits) };
    const { stage, avatarId } = await confirming({ profiles });
    delete profiles.portrait;
    const toast = english("toast.kind-unavailable");
    expect(await stage.presses(english("button.train"))).toBe(toast);
    expect(await stage.forges(`v1:confirm:${avatarId}`)).toBe(toast);
    expect(await trainings(stage)).toStrictEqual([]);

    const [overview] = await stage.overviews();
    if (!overview) throw new Error("the avatar is gone");
    const state = { status: "ready", trainingId: "training" } as const;
    await valueOf(stage.storage.store.avatars.save({ ...overview.avatar, state }));
    await stage.forges(`v1:open:${avatarId}`);
    expect(newest(stage).buttons?.flat()).toContain(english("button.rename"));
    expect(newest(stage).buttons?.flat()).not.toContain(english("button.train-again"));
  });

  it("with other photos than its card says", async () => {
    const { stage, avatarId } = await confirming();
    const old = stage.ada.chat().at(-1);
    const train = old?.buttons.flat().find(({ text }) => text === english("button.train"));
    await stage.forges(`v1:photos:${avatarId}`);
    stage.ada.sendsPhoto(photoBytes());
    await stage.handle();
    await stage.pass(9);
    const pressed = stage.ada.forges(train?.data ?? "", old?.id);
    await stage.handle();
    expect(await pressed.answer).toMatchObject({ text: english("toast.old-button") });
    expect(await trainings(stage)).toStrictEqual([]);
    await stage.presses(english("button.continue"));
    expect(newest(stage).text).toContain("Photos: 4");
    await stage.presses(english("button.train"));
    expect(await trainings(stage)).toHaveLength(1);
  });

  it("what the credits do not cover", async () => {
    const { stage } = await confirming();
    stage.credits.refuseNext("no credits");
    expect(await stage.presses(english("button.train"))).toBeUndefined();
    expect(newest(stage)).toStrictEqual({ text: english("credits.refused", { shop: false }) });
    expect(await trainings(stage)).toStrictEqual([]);
  });

  it.each(["confirm", "preset-fast", "train-fast", "photos", "progress", "cancel-ask", "cancel-yes", "cancel-no"])(
    "anything for another owner's avatar, nor tells that it is there: %s",
    async (verb) => {
      const stage = await botStage();
      await stage.says("/start");
      const { id } = await valueOf(
        stage.likeness.avatars.create({ actor: "telegram:7", kind: "style", gender: "male", name: "Bob" }),
      );
      const before = stage.bot();
      expect(await stage.forges(`v1:${verb}:${id}`)).toBe(english("toast.old-button"));
      expect(await stage.forges(`v1:${verb}:00000000-0000-7000-8000-000000000000`)).toBe(english("toast.old-button"));
      expect(stage.bot()).toStrictEqual(before);
      const [theirs] = await valueOf(stage.likeness.avatars.list({ actor: "telegram:7" }));
      expect(theirs).toMatchObject({ avatar: { state: { status: "draft" } }, trainings: [] });
    },
  );
});

it("chooses again what was chosen for the last training", async () => {
  const { stage, avatarId } = await confirming();
  await stage.presses(english("button.preset", { preset: "quality", chosen: false }));
  await stage.presses(english("button.train"));
  await stage.pass(1);
  stage.provider.report(stage.request().requestId, { type: "failed", detail: "boom" });
  await stage.pass(30);
  await stage.forges(`v1:confirm:${avatarId}`);
  expect(newest(stage)).toStrictEqual(card("quality"));
});
