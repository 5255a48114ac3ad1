import { valueOf } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { botStage, newest, type BotStage } from "../__fixtures__/bot-stage.ts";
import { english } from "../__fixtures__/words.ts";

const actor = "telegram:42";

async function toPrivacy(stage: BotStage): Promise<void> {
  await stage.says("/privacy");
}

/** The person asks for everything to be deleted, and has the question before them. */
async function asked(stage: BotStage): Promise<string> {
  await toPrivacy(stage);
  await stage.presses(english("button.erase"));
  const [yes] =
    stage.ada
      .chat()
      .findLast(({ from }) => from === "bot")
      ?.buttons.flat() ?? [];
  return yes?.data ?? "";
}

const storedFor = async ({ storage: { store } }: BotStage) => ({
  avatars: await valueOf(store.avatars.listByOwner(actor)),
  owner: await valueOf(store.owners.find(actor)),
  chat: await valueOf(store.sessions.find("telegram:chat:42")),
});

const nothing = { avatars: [], owner: undefined, chat: undefined };

describe("deleting everything", () => {
  it("asks first, says goodbye with a receipt, and remembers nothing of that", async () => {
    const stage = await botStage();
    await stage.draft();
    const yes = await asked(stage);
    expect(newest(stage)).toStrictEqual({
      text: english("erase.ask", { credits: false }),
      buttons: [[english("button.erase-yes")], [english("button.keep-everything")]],
    });
    await stage.presses(english("button.keep-everything"));
    expect(await stage.overviews()).toHaveLength(1);

    await stage.forges(yes);
    const [, , receiptId = ""] = yes.split(":");
    expect(newest(stage).text).toBe(english("erased", { photos: 3, pictures: 0, receiptId }));
    expect(await storedFor(stage)).toStrictEqual(nothing);
    await stage.pass(30);
    expect(await storedFor(stage)).toStrictEqual(nothing);
    expect(stage.blobs.blobs.size).toBe(0);
    expect((await valueOf(stage.likeness.owners.receipt({ receiptId }))).status).toBe("done");
  });

  it("says the same when it is pressed again, and spares what was made since", async () => {
    const stage = await botStage();
    await stage.draft();
    const yes = await asked(stage);
    await stage.forges(yes);
    const goodbye = newest(stage).text;
    await stage.forges(yes);
    expect(newest(stage).text).toBe(goodbye);
    expect(await storedFor(stage)).toStrictEqual(nothing);
    await stage.draft("Grace");
    await stage.forges(yes);
    expect(await stage.overviews()).toHaveLength(1);
  });

  it("erases for two bots at once what there is once", async () => {
    const stage = await botStage({ bots: 2 });
    await stage.draft();
    const yes = await asked(stage);
    stage.ada.presses({ data: yes }, { messageId: stage.ada.chat().at(-1)?.id ?? 0 });
    await stage.handleAtOnce(stage.newestUpdate());
    expect(await storedFor(stage)).toStrictEqual(nothing);
  });

  it("erases nothing for a button with anything else in it", async () => {
    const stage = await botStage();
    await stage.draft();
    await toPrivacy(stage);
    for (const id of ["", "42", "another"])
      expect(await stage.forges(`v1:erase-yes:${id}`)).toBe(english("toast.old-button"));
    expect(await stage.overviews()).toHaveLength(1);
  });
});

describe("downloading one's data", () => {
  const documents = ({ ada }: BotStage) => ada.chat().flatMap(({ document }) => document?.name ?? []);

  it("sends a zip by a job, and says so before", async () => {
    const stage = await botStage();
    await stage.draft();
    await toPrivacy(stage);
    expect(await stage.presses(english("button.export"))).toBe(english("toast.export"));
    await stage.pass(5);
    expect(documents(stage)).toStrictEqual(["likeness.zip"]);
    expect(stage.ada.chat().at(-1)?.caption).toBe(english("export.caption", { part: 1, of: 1 }));
  });

  it("sends it once for many presses", async () => {
    const stage = await botStage();
    await toPrivacy(stage);
    const data = stage.ada
      .chat()
      .at(-1)
      ?.buttons.flat()
      .find(({ text }) => text === english("button.export"))?.data;
    for (let count = 0; count < 3; count++) await stage.forges(data ?? "");
    await stage.pass(5);
    expect(documents(stage).length).toBeLessThanOrEqual(3);
    expect(documents(stage).length).toBeGreaterThan(0);
  });

  it("says it when there is more than can be sent", async () => {
    const stage = await botStage({ about: { support: "@help" } });
    const avatarId = await stage.draft();
    const { store } = stage.storage;
    const [photo] = await valueOf(store.photos.listByAvatar(avatarId));
    if (photo?.state.status !== "accepted") throw new Error("there is a photo");
    const facts = { ...photo.state.facts, bytes: 60_000_000 };
    await valueOf(store.photos.save({ ...photo, state: { ...photo.state, facts } }));
    await toPrivacy(stage);
    await stage.presses(english("button.export"));
    await stage.pass(5);
    expect(documents(stage)).toStrictEqual([]);
    expect(newest(stage).text).toBe(english("export.too-large", { megabytes: 61, support: "@help" }));
  });

  it("sends nothing to somebody who was erased before the job ran", async () => {
    const stage = await botStage();
    await stage.draft();
    await toPrivacy(stage);
    const yes = await asked(stage);
    await toPrivacy(stage);
    await valueOf(
      stage.storage.store.jobs.enqueue({
        kind: "telegram.export",
        key: "42",
        payload: null,
        runAt: "2099-01-01T00:00:00.000Z",
      }),
    );
    await stage.forges(yes);
    const handler = stage.avatars.handlers["telegram.export"];
    const job = { kind: "telegram.export", key: "42", payload: null, attempt: 1, signal: new AbortController().signal };
    expect(await handler?.(job)).toMatchObject({ value: { type: "done" } });
    expect(documents(stage)).toStrictEqual([]);
  });
});
