import { describe, expect, it } from "vitest";
import { chatStage, type ChatStage } from "../photos/__fixtures__/chat-stage.ts";
import { wording } from "../photos/__fixtures__/seen.ts";
import { anAvatarOf, pressing, putInto, shownBy } from "./__fixtures__/avatars-of.ts";

/** Avatars of Ada's, and the list of them. */
async function listOf(stage: ChatStage, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let made = 1; made <= count; made++) ids.push(await anAvatarOf(stage, `Avatar ${made}`));
  stage.ada.says("/avatars");
  await stage.handle();
  return ids;
}

const list = ({ ports }: ChatStage, page: number, pages: number, avatars = 19) =>
  wording(ports.say("en", "avatars.list", { avatars, page, pages }));

const open = (ids: readonly string[]): string[][] => ids.map((id) => [`v1:open:${id}`]);
const create = ["v1:create:"];

describe("the list of avatars", () => {
  it("offers to create one when there is none", async () => {
    const stage = await chatStage();
    await listOf(stage, 0);
    const said = wording(stage.ports.say("en", "avatars.empty"));
    expect(shownBy(stage)).toStrictEqual([{ said, photo: false, buttons: [create] }]);
  });

  it("has a button for each, with name, status and which one is the main one", async () => {
    const stage = await chatStage();
    const [draft, ready] = [await anAvatarOf(stage, "Zoë _*[<&"), await anAvatarOf(stage, "Әлия 😀")];
    await putInto(stage, ready, { status: "ready", trainingId: "training" });
    await stage.ports.likeness.avatars.setMain({ actor: stage.person.actor, avatarId: ready });
    stage.ada.says("/avatars");
    await stage.handle();
    expect(stage.ada.chat().at(-1)?.buttons).toStrictEqual([
      [{ text: "Zoë _*[<&, draft", data: `v1:open:${draft}` }],
      [{ text: "Әлия 😀, ready, main", data: `v1:open:${ready}` }],
      [{ text: "Create an avatar", data: "v1:create:" }],
    ]);
  });

  it("shows eight on a page and turns its pages in place", async () => {
    const stage = await chatStage();
    const ids = await listOf(stage, 19);
    const first = {
      said: list(stage, 1, 3),
      photo: false,
      buttons: [...open(ids.slice(0, 8)), ["v1:page:2"], create],
    };
    const second = {
      said: list(stage, 2, 3),
      photo: false,
      buttons: [...open(ids.slice(8, 16)), ["v1:page:1", "v1:page:3"], create],
    };
    const third = {
      said: list(stage, 3, 3),
      photo: false,
      buttons: [...open(ids.slice(16)), ["v1:page:2"], create],
    };
    expect(shownBy(stage)).toStrictEqual([first]);
    for (const [page, expected] of [
      [2, second],
      [3, third],
      [2, second],
      [1, first],
    ] as const) {
      expect(await pressing(stage, `v1:page:${page}`)).toBeUndefined();
      expect(shownBy(stage)).toStrictEqual([expected]);
    }
  });

  it("takes a page that is not there for the nearest one, and no number for the first", async () => {
    const stage = await chatStage();
    await listOf(stage, 9);
    for (const [page, shown] of [
      ["99", 2],
      ["0", 1],
      ["-7", 1],
      ["1e9", 1],
      ["", 1],
    ] as const) {
      await pressing(stage, `v1:page:${page}`);
      expect(shownBy(stage).map(({ said }) => said)).toStrictEqual([list(stage, shown, 2, 9)]);
    }
  });

  it("is sent anew when the old one is gone, and when it must not be edited now", async () => {
    const stage = await chatStage();
    await listOf(stage, 9);
    stage.fake.control.fault({ method: "editMessageText", answer: { error_code: 429, retry_after: 60 } });
    await pressing(stage, "v1:page:2");
    expect(shownBy(stage).map(({ said }) => said)).toStrictEqual([list(stage, 1, 2, 9), list(stage, 2, 2, 9)]);
    const newest = stage.ada.chat().at(-1)?.id ?? 0;
    stage.ada.forges("v1:page:1", newest);
    await stage.ports.api.deleteMessage(stage.ada.id, newest);
    await stage.handle();
    expect(shownBy(stage).map(({ said }) => said)).toStrictEqual([list(stage, 1, 2, 9), list(stage, 1, 2, 9)]);
  });
});
