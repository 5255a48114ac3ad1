import { aModel, photoBytes, valueOf } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { botStage, photoLimits, type BotStage } from "../__fixtures__/bot-stage.ts";
import { reach } from "../__fixtures__/reach.ts";
import { english } from "../__fixtures__/words.ts";
import { verbs, type Verb } from "../callback-data.ts";

const old = english("toast.old-button");
const active = english("toast.training-active");
const actor = "telegram:42";

/** Buttons that mean the same whenever they are pressed, as long as there is such an avatar. All the others grow old. */
const lasting: readonly Verb[] = [
  "create",
  "avatars",
  "page",
  "open",
  "locale",
  "main",
  "rename",
  "delete-ask",
  "delete-no",
  "make",
  "gallery",
];

interface Drawn {
  readonly verb: Verb;
  readonly data: string;
  readonly messageId: number;
}

const verbOf = (data: string): Verb | undefined => verbs.find((verb) => data.startsWith(`v1:${verb}:`));

/** Every button that was ever seen in the chat, with its message. */
function album(stage: BotStage) {
  const drawn = new Map<string, Drawn>();
  return {
    look: (): void => {
      for (const { id: messageId, buttons } of stage.ada.chat())
        for (const { data = "" } of buttons.flat()) {
          const verb = verbOf(data);
          if (verb) drawn.set(`${messageId} ${data}`, { verb, data, messageId });
        }
    },
    seen: (): readonly Drawn[] => [...drawn.values()],
  };
}

type Album = ReturnType<typeof album>;

async function pressing(stage: BotStage, { data, messageId }: Drawn): Promise<string | undefined> {
  const { answer } = stage.ada.forges(data, messageId);
  await stage.handle();
  return (await answer).text;
}

/** Opens the card of the avatar, and has a look at what it offers, and at the question whether to delete it. */
async function openCard(stage: BotStage, { look }: Album): Promise<void> {
  const [overview] = await stage.overviews();
  await stage.forges(`v1:open:${overview?.avatar.id}`);
  look();
  await stage.presses(english("button.delete"));
  look();
  await stage.presses(english("button.keep"));
}

/** Ada goes on to the confirmation as she would: through every question, with photos, and past the card of the draft. */
async function confirming() {
  const stage = await botStage({ notifies: true });
  const seen = album(stage);
  for (const step of ["kind", "gender", "name"] as const) {
    await reach(stage, step);
    seen.look();
    await stage.says("/cancel");
  }
  await reach(stage, "photos");
  await stage.says("/cancel");
  seen.look();
  await stage.presses(english("button.resume"));
  stage.ada.sendsAlbum(Array.from({ length: photoLimits.minimum }, () => ({ bytes: photoBytes() })));
  await stage.handle();
  await stage.pass(8);
  seen.look();
  await stage.says("/start");
  seen.look();
  await stage.presses(english("button.resume"));
  await openCard(stage, seen);
  await stage.presses(english("button.continue"));
  seen.look();
  return { stage, seen };
}

type Go = (confirmed: Awaited<ReturnType<typeof confirming>>) => Promise<unknown>;

const train: Go = async ({ stage, seen }) => {
  await stage.presses(english("button.train"));
  await stage.pass(2);
  seen.look();
  await stage.says("/cancel");
  seen.look();
  await openCard(stage, seen);
};
const succeed: Go = async ({ stage, seen }) => {
  stage.provider.report(stage.request().requestId, { type: "succeeded", outcome: aModel() });
  await stage.pass(30);
  seen.look();
};
const fail: Go = async ({ stage, seen }) => {
  stage.provider.report(stage.request().requestId, { type: "failed", detail: "boom" });
  await stage.pass(30);
  seen.look();
};
const cancel: Go = async ({ stage, seen }) => {
  const asked = seen.seen().findLast(({ verb }) => verb === "cancel-yes");
  if (asked) await pressing(stage, asked);
  await stage.pass(5);
  seen.look();
};
const again: Go = async (confirmed) => {
  const { stage, seen } = confirmed;
  await openCard(stage, seen);
  await stage.presses(english("button.train-again"));
  seen.look();
  await train(confirmed);
};
const erase: Go = async ({ stage }) => {
  const [overview] = await stage.overviews();
  await valueOf(stage.likeness.avatars.erase({ actor, avatarId: overview?.avatar.id ?? "" }));
  await stage.pass(20);
};

/** A press on what ordered or cancelled the training comes again as the same press: there is no such button any more. */
const isRepeat = ({ ada }: BotStage, { verb, data, messageId }: Drawn): boolean =>
  (verb === "train-balanced" || verb === "cancel-yes") &&
  !ada.chat().some(({ id, buttons }) => id === messageId && buttons.flat().some((button) => button.data === data));

const everything = async (stage: BotStage) => [stage.bot(), await stage.conversation(), await stage.overviews()];

describe("the buttons of earlier steps and states", () => {
  it.each<[string, readonly Go[]]>([
    ["it is being trained", [train]],
    ["it is ready", [train, succeed]],
    ["its training has failed", [train, fail]],
    ["its training was cancelled", [train, cancel]],
    ["it is trained again after it was ready", [train, succeed, again]],
    ["it is trained again after a failure", [train, fail, again]],
    ["it is ready for the second time", [train, succeed, again, succeed]],
    ["training it again has failed", [train, succeed, again, fail]],
    ["training it again was cancelled", [train, succeed, again, cancel]],
    ["it is deleted", [train, succeed, erase]],
  ])("say that they are old once %s", { timeout: 60_000 }, async (_state, ways) => {
    const confirmed = await confirming();
    for (const way of ways.slice(0, -1)) await way(confirmed);
    const earlier = confirmed.seen.seen();
    await ways.at(-1)?.(confirmed);

    const before = await everything(confirmed.stage);
    const [overview] = await confirmed.stage.overviews();
    const answers = new Map<string, Set<string | undefined>>();
    for (const drawn of earlier) {
      const isOver = overview === undefined && drawn.data.split(":")[2]?.length === 36;
      if ((lasting.includes(drawn.verb) && !isOver) || isRepeat(confirmed.stage, drawn)) continue;
      const answer = await pressing(confirmed.stage, drawn);
      if (answer === old || (answer === active && overview?.avatar.state.status === "training")) continue;
      answers.set(drawn.data, new Set([...(answers.get(drawn.data) ?? []), answer]));
    }
    expect([...answers]).toStrictEqual([]);
    expect(await everything(confirmed.stage)).toStrictEqual(before);
    expect(new Set(earlier.map(({ verb }) => verb)).size).toBeGreaterThan(18);
  });

  it("order no second training from a card that was left when the first one was ordered", async () => {
    const confirmed = await confirming();
    const { stage, seen } = confirmed;
    const [card] = seen.seen().filter(({ verb }) => verb === "train-balanced");
    await stage.presses(english("button.continue"));
    await train(confirmed);
    await succeed(confirmed);
    expect(card && (await pressing(stage, card))).toBe(old);
    expect((await stage.overviews()).flatMap(({ trainings }) => trainings)).toHaveLength(1);
  });

  it("of a version that did not write down where the avatar stood order nothing for one that is ready", async () => {
    const confirmed = await confirming();
    const { stage } = confirmed;
    const [overview] = await stage.overviews();
    const id = overview?.avatar.id;
    expect(await stage.forges(`v1:continue:${id}`)).toBeUndefined();
    expect(stage.bot().at(-1)?.text).toContain("Ready to train?");
    await train(confirmed);
    await succeed(confirmed);
    const before = await everything(stage);
    for (const verb of ["undo", "continue", "photos", "confirm", "preset-fast", "train-fast", "cancel-ask"])
      expect([verb, await stage.forges(`v1:${verb}:${id}`)]).toStrictEqual([verb, old]);
    expect(await everything(stage)).toStrictEqual(before);
  });
});

it("says what training again does to the model, from the card of the avatar", async () => {
  const confirmed = await confirming();
  const { stage } = confirmed;
  await train(confirmed);
  await succeed(confirmed);
  await openCard(stage, confirmed.seen);
  await stage.presses(english("button.train-again"));
  expect(stage.bot().at(-1)?.text).toBe(
    english("confirm.prompt", {
      name: "Ada",
      kind: "portrait",
      gender: "female",
      photos: 3,
      preset: "balanced",
      minutes: undefined,
      hasModel: true,
    }),
  );
  await stage.presses(english("button.train"));
  expect((await stage.overviews()).flatMap(({ trainings }) => trainings)).toHaveLength(2);
});

it("answers no question with the buttons of an older one", async () => {
  const stage = await botStage();
  const seen = album(stage);
  await reach(stage, "gender");
  seen.look();
  await stage.says("/start");
  seen.look();
  await stage.presses(english("button.restart"));
  await stage.presses(english("button.portrait"));
  const before = await everything(stage);
  for (const drawn of seen.seen().filter(({ verb }) => verb === "gender"))
    expect([drawn.data, await pressing(stage, drawn)]).toStrictEqual([drawn.data, old]);
  expect(await everything(stage)).toStrictEqual(before);
});
