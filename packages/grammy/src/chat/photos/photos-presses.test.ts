import { photoBytes, valueOf } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { chatStage, type ChatStage } from "./__fixtures__/chat-stage.ts";
import { seen, statusOf } from "./__fixtures__/seen.ts";

/** An avatar with this many accepted photos, and its status. */
async function withPhotos(stage: ChatStage, count: number): Promise<string> {
  const id = await stage.collecting();
  stage.ada.sendsAlbum(Array.from({ length: count }, () => ({ bytes: photoBytes() })));
  await stage.handle();
  await stage.pass(5);
  return id;
}

/** Presses one after the other; gives the toasts. */
async function pressing(stage: ChatStage, data: string, times = 1): Promise<unknown[]> {
  const toasts: unknown[] = [];
  for (let pressed = 0; pressed < times; pressed++) {
    stage.ada.forges(data);
    toasts.push(...(await stage.handle()));
  }
  return toasts;
}

const numbers = async (stage: ChatStage, avatarId: string): Promise<number[]> =>
  (await stage.overview(avatarId)).photos.map(({ number }) => number);

/** An avatar of another owner. */
const foreign = async ({ ports }: ChatStage): Promise<string> => {
  const avatar = { actor: "telegram:7", kind: "portrait", gender: "male", name: "Bob" } as const;
  return (await valueOf(ports.likeness.avatars.create(avatar))).id;
};

describe("undo", () => {
  it("takes the newest photo away, then the one before, and shows it", async () => {
    const stage = await chatStage();
    const id = await withPhotos(stage, 3);
    const { say } = stage.ports;
    const toasts = await pressing(stage, `v1:undo:${id}`, 4);
    expect(toasts).toStrictEqual([
      ...[3, 2, 1].map((number) => say("en", "toast.undone", { number })),
      say("en", "toast.nothing-to-undo"),
    ]);
    await stage.pass(3);
    expect(await numbers(stage, id)).toStrictEqual([]);
    expect(seen(stage)).toStrictEqual([{ said: await statusOf(stage, id) }]);
  });

  it("passes over rejected photos", async () => {
    const stage = await chatStage();
    const id = await withPhotos(stage, 1);
    stage.ada.sendsPhoto(photoBytes({ reject: { code: "truncated" } }));
    await stage.handle();
    await stage.pass(6);
    expect(await pressing(stage, `v1:undo:${id}`)).toStrictEqual([
      stage.ports.say("en", "toast.undone", { number: 1 }),
    ]);
    expect(await numbers(stage, id)).toStrictEqual([2]);
  });

  it("takes a photo away that is still being checked, for good", async () => {
    const stage = await chatStage();
    const id = await withPhotos(stage, 1);
    const slow = stage.ada.sendsPhoto(photoBytes());
    stage.held.add(slow.fileId);
    await stage.handle();
    await stage.pass(3);
    await pressing(stage, `v1:undo:${id}`);
    stage.held.clear();
    await stage.pass(20);
    expect(await numbers(stage, id)).toStrictEqual([1]);
    expect(seen(stage)).toStrictEqual([{ said: await statusOf(stage, id) }]);
  });

  it("takes one photo for each of two presses at once", async () => {
    const stage = await chatStage({ workers: 2 });
    const id = await withPhotos(stage, 3);
    stage.ada.presses({ data: `v1:undo:${id}:d` });
    stage.ada.presses({ data: `v1:undo:${id}:d` });
    const toasts = await stage.handle();
    const undone = [2, 3].map((number) => stage.ports.say("en", "toast.undone", { number }));
    expect(new Set(toasts)).toStrictEqual(new Set(undone));
    expect(await numbers(stage, id)).toStrictEqual([1]);
  });

  it("takes one photo for a press that two processes handle at the same time, and that is handled once more later", async () => {
    const stage = await chatStage({ workers: 2 });
    const id = await withPhotos(stage, 3);
    const { say } = stage.ports;
    const { updates } = stage.fake.control;
    stage.ada.presses({ data: `v1:undo:${id}:d` });
    const toasts = await stage.handle(2);
    expect(new Set(toasts)).toStrictEqual(new Set([say("en", "toast.undone", { number: 3 })]));
    const press = updates.at(-1);
    if (!press) throw new Error("she pressed");
    expect(await stage.handleAgain(press)).toStrictEqual([say("en", "toast.undone", { number: 3 })]);
    expect(await numbers(stage, id)).toStrictEqual([1, 2]);
  });

  it("leaves the photos of a training and of a model alone", async () => {
    const stage = await chatStage();
    const id = await withPhotos(stage, 3);
    const training = await valueOf(stage.ports.likeness.trainings.start({ actor: stage.person.actor, avatarId: id }));
    expect(await pressing(stage, `v1:undo:${id}`)).toStrictEqual([stage.ports.say("en", "toast.training-active")]);
    await stage.pass(1);
    await valueOf(stage.ports.likeness.trainings.cancel({ actor: stage.person.actor, avatarId: id }));
    const avatar = await valueOf(stage.ports.store.avatars.find(id));
    if (!avatar) throw new Error("the avatar is there");
    await valueOf(stage.ports.store.avatars.save({ ...avatar, state: { status: "ready", trainingId: training.id } }));
    await stage.change({ step: { name: "idle" } });
    expect(await pressing(stage, `v1:undo:${id}`)).toStrictEqual([stage.ports.say("en", "toast.old-button")]);
    expect(await numbers(stage, id)).toStrictEqual([1, 2, 3]);
    await stage.change({ step: { name: "photos", avatarId: id } });
    expect(await pressing(stage, `v1:undo:${id}`)).toStrictEqual([
      stage.ports.say("en", "toast.undone", { number: 3 }),
    ]);
  });
});

describe("continue", () => {
  it("asks to wait while photos are being checked", async () => {
    const stage = await chatStage();
    const id = await withPhotos(stage, 3);
    const slow = stage.ada.sendsPhoto(photoBytes());
    stage.held.add(slow.fileId);
    await stage.handle();
    expect(await pressing(stage, `v1:continue:${id}`)).toStrictEqual([
      stage.ports.say("en", "toast.checking", { checking: 1 }),
    ]);
  });

  it("says how many photos are missing", async () => {
    const stage = await chatStage();
    const id = await withPhotos(stage, 1);
    expect(await pressing(stage, `v1:continue:${id}`)).toStrictEqual([
      stage.ports.say("en", "toast.missing", { accepted: 1, minimum: 3, maximum: 5, missing: 2 }),
    ]);
  });

  it("shows the confirmation card below the status", async () => {
    const stage = await chatStage();
    const id = await withPhotos(stage, 3);
    expect(await pressing(stage, `v1:continue:${id}`)).toStrictEqual([undefined]);
    const [status, card, ...more] = stage.ada.chat().filter(({ from }) => from === "bot");
    expect(status?.text).toBe(await statusOf(stage, id));
    expect(card?.buttons.flat().map(({ data }) => data)).toContain(`v1:train-balanced:${id}:d30`);
    expect(more).toStrictEqual([]);
  });

  it("says so when a training is under way", async () => {
    const stage = await chatStage();
    const id = await withPhotos(stage, 3);
    await valueOf(stage.ports.likeness.trainings.start({ actor: stage.person.actor, avatarId: id }));
    expect(await pressing(stage, `v1:continue:${id}`)).toStrictEqual([stage.ports.say("en", "toast.training-active")]);
  });
});

describe.each(["undo", "continue"])("%s, forged", (verb) => {
  it("is an old button for an avatar of another owner, one that is gone, and what is no id", async () => {
    const stage = await chatStage();
    await withPhotos(stage, 3);
    const old = stage.ports.say("en", "toast.old-button");
    for (const id of [await foreign(stage), "01994b00-0000-7000-8000-000000000000", "", "'; drop table"])
      expect(await pressing(stage, `v1:${verb}:${id}`)).toStrictEqual([old]);
  });
});

it("goes on telling how photos fare that are still being checked when the wizard is left", async () => {
  const stage = await chatStage();
  const id = await withPhotos(stage, 1);
  const slow = stage.ada.sendsAlbum([
    { bytes: photoBytes({ reject: { code: "truncated" } }) },
    { bytes: photoBytes({ reject: { code: "empty" } }) },
  ]);
  for (const { fileId } of slow) stage.held.add(fileId);
  await stage.handle();
  await stage.pass(3);
  stage.ada.says("/cancel");
  await stage.handle();
  stage.held.clear();
  await stage.pass(120);
  const rejected = (await stage.overview(id)).photos.flatMap(({ state }) =>
    state.status === "rejected" ? [state.rejection.code] : [],
  );
  expect(rejected).toStrictEqual(["truncated", "empty"]);
  expect(seen(stage)).toContainEqual({ said: await statusOf(stage, id, [2, 3]) });
});
