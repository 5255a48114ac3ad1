import type { AvatarStatus } from "@likeness/core";
import { valueOf } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { chatStage, type ChatStage, type StageOptions } from "../photos/__fixtures__/chat-stage.ts";
import { wording } from "../photos/__fixtures__/seen.ts";
import { anAvatarOf, pressing, putInto, shown } from "./__fixtures__/avatars-of.ts";
import { acceptingInspector, jpeg } from "./__fixtures__/jpeg-inspector.ts";

/** An avatar with two accepted photos of its own, and a list to open it from. */
async function pictured(options: StageOptions = {}) {
  const stage = await chatStage({ inspector: acceptingInspector(), ...options });
  const id = await stage.collecting("Zoë _*[<& 😀");
  for (const colour of ["teal", "gold"]) {
    stage.ada.sendsPhoto(await jpeg(colour));
    await stage.handle();
  }
  await stage.pass(6);
  return { stage, id };
}

async function cardSaid({ ports, overview }: ChatStage, avatarId: string): Promise<string> {
  const { avatar, readiness } = await overview(avatarId);
  const { name, kind, gender, main, state } = avatar;
  const { accepted, minimum, maximum } = readiness;
  const given = { name, kind, gender, main, status: state.status, accepted, minimum, maximum };
  return wording(ports.say("en", "avatar.card", given));
}

const newest = ({ ada }: ChatStage) => {
  const message = ada.chat().at(-1);
  if (!message) throw new Error("the chat is empty");
  return message;
};

const drawing = (id: string) => [`v1:make:${id}`, `v1:gallery:${id}`];
const common = (id: string) => [[`v1:rename:${id}`, `v1:delete-ask:${id}`], ["v1:avatars:"]];

describe("the card of an avatar", () => {
  it("is its first accepted photo with what there is to know, names shown exactly", async () => {
    const { stage, id } = await pictured();
    expect(await pressing(stage, `v1:open:${id}`)).toBeUndefined();
    const card = newest(stage);
    expect(shown(card)).toStrictEqual({
      said: await cardSaid(stage, id),
      photo: true,
      buttons: [[`v1:photos:${id}`], ...common(id)],
    });
    expect(card.caption).toContain("Zoë _*[<& 😀");
    const { bytes } = stage.fake.control.file(card.photo?.fileId ?? "");
    expect(Buffer.from(bytes).equals(await jpeg("teal"))).toBe(true);
  });

  it("is a text while there is no photo", async () => {
    const stage = await chatStage();
    const id = await anAvatarOf(stage);
    stage.ada.says("/avatars");
    await stage.handle();
    await pressing(stage, `v1:open:${id}`);
    expect(shown(newest(stage))).toStrictEqual({
      said: await cardSaid(stage, id),
      photo: false,
      buttons: [[`v1:photos:${id}`], ...common(id)],
    });
  });

  it("is a text when the photo is too large for Telegram, and it is not sent", async () => {
    const { stage, id } = await pictured({ inspector: acceptingInspector(10 * 1024 * 1024) });
    await pressing(stage, `v1:open:${id}`);
    expect(shown(newest(stage))).toMatchObject({ said: await cardSaid(stage, id), photo: false });
    expect(stage.fake.control.calls.filter(({ method }) => method === "sendPhoto")).toStrictEqual([]);
  });

  it("is a text when the photo cannot be read, and that is logged", async () => {
    const { stage, id } = await pictured();
    stage.blobs.setDown(true);
    await pressing(stage, `v1:open:${id}`);
    expect(shown(newest(stage))).toMatchObject({ said: await cardSaid(stage, id), photo: false });
    expect(
      stage.log.entries.filter(({ level }) => level === "warn").map(({ fields }) => fields["error"]),
    ).toStrictEqual(["blob-failure"]);
  });

  it("is a text when Telegram refuses the photo", async () => {
    const { stage, id } = await pictured();
    stage.fake.control.fault({
      method: "sendPhoto",
      answer: { error_code: 400, description: "Bad Request: PHOTO_INVALID_DIMENSIONS" },
    });
    await pressing(stage, `v1:open:${id}`);
    expect(shown(newest(stage))).toMatchObject({ said: await cardSaid(stage, id), photo: false });
  });

  it.each([
    ["training", (id: string) => [[`v1:progress:${id}`], [`v1:cancel-ask:${id}`]]],
    ["failed", (id: string) => [[`v1:confirm:${id}`], [`v1:photos:${id}`]]],
    ["ready", (id: string) => [drawing(id), [`v1:confirm:${id}`], [`v1:main:${id}`]]],
  ] as const)("offers what fits a %s avatar", async (status, actions) => {
    const { stage, id } = await pictured();
    const trainingId = "training";
    const states = { training: { status: "training", trainingId }, ready: { status: "ready", trainingId } } as const;
    await putInto(stage, id, status === "failed" ? { status, trainingId, reason: "provider_error" } : states[status]);
    await pressing(stage, `v1:open:${id}`);
    expect(shown(newest(stage)).buttons).toStrictEqual([...actions(id), ...common(id)]);
    expect((await stage.overview(id)).avatar.state.status).toBe<AvatarStatus>(status);
  });

  it("offers to train a draft that has enough photos", async () => {
    const { stage, id } = await pictured();
    stage.ada.sendsPhoto(await jpeg("navy"));
    await stage.handle();
    await stage.pass(6);
    await pressing(stage, `v1:open:${id}`);
    expect(shown(newest(stage)).buttons).toStrictEqual([[`v1:confirm:${id}`], [`v1:photos:${id}`], ...common(id)]);
  });

  it("shows the list below when it is asked for, and leaves the photo", async () => {
    const { stage, id } = await pictured();
    await pressing(stage, `v1:open:${id}`);
    const before = stage.ada.chat();
    await pressing(stage, "v1:avatars:");
    expect(stage.ada.chat().slice(0, -1)).toStrictEqual(before);
    expect(shown(newest(stage)).buttons).toStrictEqual([[`v1:open:${id}`], ["v1:create:"]]);
  });
});

describe("make main", () => {
  it("says so, shows it on the card, and takes it from the other one", async () => {
    const { stage, id } = await pictured();
    const { actor } = stage.person;
    const other = await anAvatarOf(stage, "Other");
    await valueOf(stage.ports.likeness.avatars.setMain({ actor, avatarId: other }));
    await putInto(stage, id, { status: "ready", trainingId: "training" });
    await pressing(stage, `v1:open:${id}`);
    const card = newest(stage);
    const { name } = (await stage.overview(id)).avatar;
    expect(await pressing(stage, `v1:main:${id}`, card.id)).toBe(stage.ports.say("en", "toast.main", { name }));
    expect(newest(stage).id).toBe(card.id);
    expect(shown(newest(stage))).toStrictEqual({
      said: await cardSaid(stage, id),
      photo: true,
      buttons: [drawing(id), [`v1:confirm:${id}`], ...common(id)],
    });
    expect((await stage.overview(other)).avatar.main).toBe(false);
    expect((await stage.overview(id)).avatar.main).toBe(true);
  });
});

describe("rename", () => {
  it("asks for a name below the card, and takes what is written next", async () => {
    const { stage, id } = await pictured();
    const { name } = (await stage.overview(id)).avatar;
    await pressing(stage, `v1:open:${id}`);
    await pressing(stage, `v1:rename:${id}`);
    const prompt = wording(stage.ports.say("en", "rename.prompt", { name, minimum: 2, maximum: 50 }));
    expect(shown(newest(stage))).toStrictEqual({ said: prompt, photo: false, buttons: [] });
    stage.ada.says("Әлия");
    await stage.handle();
    expect((await stage.overview(id)).avatar.name).toBe("Әлия");
  });
});
