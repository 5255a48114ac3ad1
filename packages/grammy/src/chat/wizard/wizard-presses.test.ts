import { someProfiles } from "@likeness/testing";
import { expect, it } from "vitest";
import { botStage, newest, photoLimits } from "../__fixtures__/bot-stage.ts";
import { reach } from "../__fixtures__/reach.ts";
import { english, words } from "../__fixtures__/words.ts";

const kindPrompt = {
  text: english("kind.prompt"),
  buttons: [
    [english("button.portrait")],
    [english("button.style")],
    [words("ru", "button.language"), words("kk", "button.language")],
  ],
};
const genderPrompt = (kind: "portrait" | "style") => ({
  text: english("gender.prompt", { kind }),
  buttons: [
    [english("button.female"), english("button.male")],
    [english(kind === "style" ? "button.anyone" : "button.unspecified")],
  ],
});
const namePrompt = { text: english("name.prompt", { minimum: 2, maximum: 50 }) };
const oldButton = english("toast.old-button");

it("takes a button pressed twice at once for one step", async () => {
  const stage = await botStage({ bots: 2 });
  await reach(stage, "kind");
  const first = stage.ada.presses({ text: english("button.portrait") });
  await stage.handleAtOnce(stage.newestUpdate(), 2);
  expect(await first.answer).toStrictEqual({});
  expect(stage.bot()).toStrictEqual([{ text: english("welcome") }, genderPrompt("portrait")]);
});

it("offers the kinds that the host has, and no other", async () => {
  const { portrait } = someProfiles(photoLimits);
  const stage = await botStage({ profiles: { portrait } });
  await reach(stage, "kind");
  expect(newest(stage).buttons?.[0]).toStrictEqual([english("button.portrait")]);
  expect(newest(stage).buttons?.flat()).not.toContain(english("button.style"));
  expect(await stage.forges("v1:kind:style")).toBe(oldButton);
  await stage.presses(english("button.portrait"));
  expect(newest(stage)).toStrictEqual(genderPrompt("portrait"));
});

it("lets a choice be thought better of until the next question is answered", async () => {
  const stage = await botStage();
  await reach(stage, "gender");
  await stage.forges("v1:kind:style");
  expect(newest(stage)).toStrictEqual(genderPrompt("style"));
  await stage.presses(english("button.male"));
  const { step } = await stage.conversation();
  await stage.forges("v1:gender:female");
  expect((await stage.conversation()).step).toStrictEqual({ ...step, gender: "female" });
  expect(newest(stage)).toStrictEqual(namePrompt);
});

it.each([
  { step: "idle", data: "v1:kind:portrait" },
  { step: "name", data: "v1:kind:portrait" },
  { step: "photos", data: "v1:gender:male" },
  { step: "kind", data: "v1:gender:male" },
  { step: "kind", data: "v1:kind:dragon" },
  { step: "gender", data: "v1:gender:dragon" },
  { step: "idle", data: "v1:resume:" },
  { step: "photos", data: "v1:restart:gender" },
  { step: "kind", data: "v1:locale:tlh" },
  { step: "kind", data: "v1:photos:00000000-0000-7000-8000-000000000000" },
  { step: "kind", data: "v1:fly:" },
  { step: "kind", data: "v0:kind:portrait" },
] as const)("calls a button old that does not fit: $data in the step $step", async ({ step, data }) => {
  const stage = await botStage();
  await reach(stage, step);
  if (step === "idle") await stage.says("/cancel");
  const before = [await stage.conversation(), stage.bot()];
  expect(await stage.forges(data)).toBe(oldButton);
  expect([await stage.conversation(), stage.bot()]).toStrictEqual(before);
});

it("asks in the middle, before another avatar is begun, whether to go on or to start over", async () => {
  const stage = await botStage();
  await reach(stage, "photos");
  await stage.forges("v1:create:");
  expect(newest(stage)).toStrictEqual({
    text: english("resume", { waiting: "photos", name: "Ada" }),
    buttons: [[english("button.resume")], [english("button.restart")]],
  });
  await stage.presses(english("button.restart"));
  expect(newest(stage)).toStrictEqual(kindPrompt);
  expect(await stage.overviews()).toHaveLength(1);
});

it("collects photos for a draft that was left", async () => {
  const stage = await botStage();
  const avatarId = await stage.draft("Ada");
  await stage.says("/start");
  await stage.forges(`v1:photos:${avatarId}`);
  expect(newest(stage)).toStrictEqual({
    text: english("photos.prompt", { name: "Ada", kind: "portrait", accepted: 3, ...photoLimits }),
    buttons: [[english("button.continue")]],
  });
  expect((await stage.conversation()).step).toStrictEqual({ name: "photos", avatarId });
});
