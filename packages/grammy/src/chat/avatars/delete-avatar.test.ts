import { aModel, valueOf } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { chatStage } from "../photos/__fixtures__/chat-stage.ts";
import { wording } from "../photos/__fixtures__/seen.ts";
import { anAvatarOf, pressing, shown, shownBy } from "./__fixtures__/avatars-of.ts";
import { acceptingInspector, jpeg } from "./__fixtures__/jpeg-inspector.ts";

/** An avatar with enough photos, its status in the chat, and its card below. */
async function opened() {
  const stage = await chatStage({ inspector: acceptingInspector() });
  const id = await stage.collecting();
  for (const colour of ["teal", "gold", "navy"]) stage.ada.sendsPhoto(await jpeg(colour));
  await stage.handle();
  await stage.pass(6);
  await pressing(stage, `v1:open:${id}`);
  const card = stage.ada.chat().at(-1);
  if (!card) throw new Error("there is a card");
  return {
    stage,
    id,
    card,
    ask: wording(stage.ports.say("en", "delete.ask", { name: "Ada", training: false, photos: true, models: false })),
  };
}

const deleted = (stage: Awaited<ReturnType<typeof opened>>["stage"], photos = true) => ({
  said: wording(stage.ports.say("en", "deleted", { name: "Ada", photos, models: false })),
  photo: false,
  buttons: [["v1:avatars:"]],
});

describe("deleting an avatar", () => {
  it("is asked about in the place of the card, which comes back when it is kept", async () => {
    const { stage, id, card, ask } = await opened();
    await pressing(stage, `v1:delete-ask:${id}`, card.id);
    const asked = stage.ada.chat().at(-1);
    expect(asked?.id).toBe(card.id);
    expect(asked && shown(asked)).toStrictEqual({
      said: ask,
      photo: true,
      buttons: [[`v1:delete-yes:${id}`], [`v1:delete-no:${id}`]],
    });
    await pressing(stage, `v1:delete-no:${id}`, card.id);
    expect(stage.ada.chat().at(-1)).toStrictEqual({ ...card, edited: true });
  });

  it("takes everything away: rows, bytes, the card's photo, the status, and the wizard's step", async () => {
    const { stage, id, card } = await opened();
    await pressing(stage, `v1:delete-ask:${id}`, card.id);
    expect(await pressing(stage, `v1:delete-yes:${id}`, card.id)).toBeUndefined();
    expect(shownBy(stage)).toStrictEqual([deleted(stage)]);
    expect(await valueOf(stage.ports.store.avatars.find(id))).toBeUndefined();
    expect(await stage.conversation()).toMatchObject({ step: { name: "idle" } });
    await stage.pass(30);
    expect([...stage.blobs.blobs.keys()]).toStrictEqual([]);
    expect(shownBy(stage)).toStrictEqual([deleted(stage)]);
  });

  it("speaks of a training and of models where there are some", async () => {
    const { stage, id, card } = await opened();
    const { actor } = stage.person;
    const parts = { name: "Ada", photos: true };
    const ask = async () => {
      await pressing(stage, `v1:delete-ask:${id}`, card.id);
      return stage.ada.chat().find((message) => message.id === card.id)?.caption;
    };
    const words = (given: { training: boolean; models: boolean }) =>
      wording(stage.ports.say("en", "delete.ask", { ...parts, ...given }));

    await valueOf(stage.ports.likeness.trainings.start({ actor, avatarId: id }));
    expect(await ask()).toBe(words({ training: true, models: false }));
    await stage.pass(5);
    stage.provider.report(stage.provider.requests.at(-1)?.requestId ?? "", { type: "succeeded", outcome: aModel() });
    await stage.pass(30);
    expect(await ask()).toBe(words({ training: false, models: true }));
    await pressing(stage, `v1:delete-yes:${id}`, card.id);
    expect(stage.ada.chat().at(-1)?.text).toBe(wording(stage.ports.say("en", "deleted", { ...parts, models: true })));
  });

  it("leaves a wizard that is about another avatar where it is", async () => {
    const { stage, id, card } = await opened();
    const other = await stage.collecting("Other");
    await pressing(stage, `v1:delete-yes:${id}`, card.id);
    expect((await stage.conversation()).step).toStrictEqual({ name: "photos", avatarId: other });
  });

  it("says so in the place of a card without a photo", async () => {
    const stage = await chatStage();
    const id = await anAvatarOf(stage);
    stage.ada.says("/avatars");
    await stage.handle();
    const list = stage.ada.chat().at(-1);
    await pressing(stage, `v1:delete-yes:${id}`, list?.id);
    expect(shownBy(stage)).toStrictEqual([deleted(stage, false)]);
  });

  it("calls a training off at the provider", async () => {
    const { stage, id, card } = await opened();
    const { actor } = stage.person;
    const training = await valueOf(stage.ports.likeness.trainings.start({ actor, avatarId: id }));
    await stage.pass(5);
    const { state } = (await valueOf(stage.ports.store.orders.find(training.id))) ?? {};
    expect(state?.status).toBe("submitted");
    await pressing(stage, `v1:delete-yes:${id}`, card.id);
    expect(stage.provider.calls).toContain("cancel");
    expect(await valueOf(stage.ports.store.avatars.find(id))).toBeUndefined();
  });

  it("happens once, and is an old button after that", async () => {
    const { stage, id, card } = await opened();
    const old = stage.ports.say("en", "toast.old-button");
    stage.ada.forges(`v1:delete-yes:${id}`, card.id);
    stage.ada.forges(`v1:delete-yes:${id}`, card.id);
    expect(new Set(await stage.handle())).toStrictEqual(new Set([undefined, old]));
    expect(shownBy(stage)).toStrictEqual([deleted(stage)]);
  });
});

describe.each(["open", "main", "rename", "delete-ask", "delete-yes", "delete-no"])("%s, forged", (verb) => {
  it("is an old button for an avatar of another owner, one that is gone, and what is no id", async () => {
    const stage = await chatStage();
    const foreign = await anAvatarOf(stage, "Bob", "telegram:7");
    stage.ada.says("/avatars");
    await stage.handle();
    const before = [stage.ada.chat(), await stage.conversation()];
    const old = stage.ports.say("en", "toast.old-button");
    for (const id of [foreign, "01994b00-0000-7000-8000-000000000000", "", "' or 1"])
      expect(await pressing(stage, `v1:${verb}:${id}`)).toBe(old);
    expect([stage.ada.chat(), await stage.conversation()]).toStrictEqual(before);
    expect(await valueOf(stage.ports.store.avatars.find(foreign))).toMatchObject({ name: "Bob", main: false });
  });
});
