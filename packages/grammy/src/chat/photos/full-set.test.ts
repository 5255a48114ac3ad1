import { defaultPolicy } from "@likeness/core";
import { photoBytes } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { chatStage, type ChatStage } from "./__fixtures__/chat-stage.ts";
import { wording } from "./__fixtures__/seen.ts";

const limits = { minimum: 2, maximum: 3 };
const album = (count: number) => Array.from({ length: count }, () => ({ bytes: photoBytes() }));

async function sendsAlbum(stage: ChatStage, count: number): Promise<void> {
  stage.ada.sendsAlbum(album(count));
  await stage.handle();
  await stage.pass(6);
}

async function full(options: Parameters<typeof chatStage>[0] = {}) {
  const stage = await chatStage({ limits, ...options });
  const id = await stage.collecting();
  await sendsAlbum(stage, 3);
  return { stage, id };
}

const newest = ({ ada }: ChatStage) => {
  const message = ada.chat().findLast(({ from }) => from === "bot");
  return { text: message?.text, buttons: message?.buttons.flat().map(({ text }) => text) };
};

const prompt = ({ ports }: ChatStage, accepted: number) =>
  wording(ports.say("en", "photos.prompt", { name: "Ada", kind: "portrait", accepted, ...limits }));

const presses = async (stage: ChatStage, choice: Parameters<ChatStage["ada"]["presses"]>[0]): Promise<void> => {
  stage.ada.presses(choice);
  await stage.handle();
};

describe("a full set", () => {
  it.each([
    [
      "Go on",
      async (stage: ChatStage) => {
        stage.ada.says("/start");
        await stage.handle();
        await presses(stage, { text: "Go on" });
      },
    ],
    [
      "Add photos",
      async (stage: ChatStage) => {
        await presses(stage, { text: "Continue" });
        await presses(stage, { text: "Add photos" });
      },
    ],
  ])("asks for no photos after %s: it says that it is full and what can be done", async (_, go) => {
    const { stage } = await full();
    await go(stage);
    expect(newest(stage)).toStrictEqual({ text: prompt(stage, 3), buttons: ["Undo last photo", "Continue"] });
    expect(prompt(stage, 3)).toContain("The set is full");

    await presses(stage, { text: "Undo last photo" });
    expect(newest(stage)).toStrictEqual({ text: prompt(stage, 2), buttons: ["Continue"] });
    await sendsAlbum(stage, 1);
    await presses(stage, { text: "Continue" });
    expect(newest(stage).text).toContain("Ready to train?");
  });

  it("takes no more, and offers in that message to replace the last one or to go on", async () => {
    const { stage } = await full();
    await sendsAlbum(stage, 2);
    const said = wording(stage.ports.say("en", "photos.full", { maximum: 3, ever: false, enough: true }));
    expect(newest(stage)).toStrictEqual({ text: said, buttons: ["Undo last photo", "Continue"] });
    await presses(stage, { text: "Undo last photo" });
    await stage.pass(3);
    expect(newest(stage)).toStrictEqual({ text: prompt(stage, 2), buttons: ["Continue"] });
  });

  it("of all photos that an avatar can ever have offers another avatar, and to go on if they suffice", async () => {
    const { stage, id } = await full({ policy: { ...defaultPolicy, photosPerAvatar: 4 } });
    await presses(stage, { text: "Undo last photo" });
    await presses(stage, { text: "Undo last photo" });
    stage.ada.sendsAlbum([1, 2, 3].map(() => ({ bytes: photoBytes({ reject: { code: "truncated" } }) })));
    await stage.handle();
    await stage.pass(9);
    await sendsAlbum(stage, 1);
    const said = wording(stage.ports.say("en", "photos.full", { maximum: 4, ever: true, enough: false }));
    expect(newest(stage)).toStrictEqual({ text: said, buttons: ["Create an avatar"] });
    await presses(stage, { text: "Create an avatar" });
    expect((await stage.conversation()).step).toStrictEqual({ name: "kind" });
    expect((await stage.overview(id)).readiness.accepted).toBe(1);
  });

  it("is what a hint about something else offers to go on from", async () => {
    const { stage } = await full();
    stage.ada.says("Is that enough?");
    await stage.handle();
    const said = wording(stage.ports.say("en", "hint", { waiting: "all-photos", received: "text" }));
    expect(newest(stage)).toStrictEqual({ text: said, buttons: ["Undo last photo", "Continue"] });
  });
});
