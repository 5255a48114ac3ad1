import { uuidV7 } from "@likeness/core";
import { someProfiles, valueOf } from "@likeness/testing";
import { ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { avatarChat } from "../avatar-chat.ts";
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
      text: english("erase.ask", { credits: false, atService: "all" }),
      buttons: [[english("button.erase-yes")], [english("button.keep-everything")]],
    });
    await stage.presses(english("button.keep-everything"));
    expect(await stage.overviews()).toHaveLength(1);

    await stage.forges(yes);
    const [, , receiptId = ""] = yes.split(":");
    expect(newest(stage).text).toBe(english("erased", { photos: 3, pictures: 0, receiptId, atService: "all" }));
    expect(await storedFor(stage)).toStrictEqual(nothing);
    await stage.pass(30);
    expect(await storedFor(stage)).toStrictEqual(nothing);
    expect(stage.blobs.blobs.size).toBe(0);
    expect((await valueOf(stage.likeness.owners.receipt({ receiptId }))).status).toBe("done");
  });

  it("does not say that a provider deletes everything that deletes a part", async () => {
    const stage = await botStage({ erases: "part" });
    await stage.draft();
    const yes = await asked(stage);
    expect(newest(stage).text).toBe(english("erase.ask", { credits: false, atService: "part" }));
    expect(newest(stage).text).toContain("does not delete everything that it has of you");
    await stage.forges(yes);
    const [, , receiptId = ""] = yes.split(":");
    expect(newest(stage).text).toBe(english("erased", { photos: 3, pictures: 0, receiptId, atService: "part" }));
  });

  it("says that what was trained stays at a provider that cannot erase", async () => {
    const stage = await botStage({ erases: "none" });
    await stage.draft();
    const yes = await asked(stage);
    expect(newest(stage).text).toBe(english("erase.ask", { credits: false, atService: "none" }));
    expect(newest(stage).text).toContain("what was trained stays there");
    await stage.forges(yes);
    const [, , receiptId = ""] = yes.split(":");
    expect(newest(stage).text).toBe(english("erased", { photos: 3, pictures: 0, receiptId, atService: "none" }));
    expect(newest(stage).text).toContain("What was trained stays at the training service");
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

  it("sends it once an hour, and says when it is possible again", async () => {
    const stage = await botStage();
    await toPrivacy(stage);
    await stage.presses(english("button.export"));
    await stage.pass(5);
    await toPrivacy(stage);
    await stage.pass(60);
    const answer = await stage.presses(english("button.export"));
    expect(answer).toMatch(/You can ask again in 5\d minutes\.$/);
    await stage.pass(5);
    expect(documents(stage)).toHaveLength(1);
    await stage.pass(3_600);
    expect(await stage.presses(english("button.export"))).toBe(english("toast.export"));
    await stage.pass(5);
    expect(documents(stage)).toHaveLength(2);
  });

  /** A draft whose three photos fill a zip each, and the run of a job that sends them. */
  async function threeZips(stage: BotStage) {
    await toPrivacy(stage);
    const avatarId = await stage.draft();
    const { store } = stage.storage;
    for (const photo of await valueOf(store.photos.listByAvatar(avatarId)))
      if (photo.state.status === "accepted") {
        const facts = { ...photo.state.facts, bytes: 40_000_000 };
        await valueOf(store.photos.save({ ...photo, state: { ...photo.state, facts } }));
      }
    const signal = new AbortController().signal;
    const job = { kind: "telegram.export", key: "42", payload: { exportId: "this" }, attempt: 1, signal };
    return async () => (await stage.avatars.handlers["telegram.export"]?.(job))?._unsafeUnwrap();
  }

  const zips = [1, 2, 3].map((number) => `likeness-${number}-of-3.zip`);

  it("sends every zip once when the queue runs the job again before it has ended", async () => {
    const stage = await botStage();
    const run = await threeZips(stage);
    const [first, second] = await Promise.all([run(), run()]);
    expect(new Set([first?.type, second?.type])).toStrictEqual(new Set(["again", "done"]));
    expect(documents(stage)).toStrictEqual(zips);
    expect(await run()).toStrictEqual({ type: "done" });
    expect(documents(stage)).toStrictEqual(zips);
  });

  it("goes on after the last zip that was sent, once a run that died must have ended", async () => {
    const stage = await botStage();
    const run = await threeZips(stage);
    await run();
    const { sessions } = stage.storage.store;
    const session = await valueOf(sessions.find("telegram:export:42"));
    if (!session) throw new Error("it is noted");
    const died = { ...(session.value as object), over: false, sent: 1, sendingAt: stage.clock.now() };
    await valueOf(sessions.save({ ...session, value: died }));
    expect(await run()).toMatchObject({ type: "again" });
    await stage.pass(601);
    expect(await run()).toStrictEqual({ type: "done" });
    expect(documents(stage)).toStrictEqual([...zips, ...zips.slice(1)]);
  });

  it("leaves nothing of somebody who is erased while the data are read", async () => {
    const stage = await botStage();
    await toPrivacy(stage);
    const { likeness, api, blobs, clock, log, storage } = stage;
    const owners: typeof likeness.owners = {
      ...likeness.owners,
      export: (command) =>
        likeness.owners.export(command).andThen((parts) => likeness.owners.erase({ actor }).map(() => parts)),
    };
    const erasing = avatarChat({
      api,
      blobs,
      clock,
      log,
      profiles: someProfiles(),
      store: storage.store,
      ids: uuidV7(clock),
      likeness: { ...likeness, owners },
    });
    const signal = new AbortController().signal;
    const job = { kind: "telegram.export", key: "42", payload: { exportId: "this" }, attempt: 1, signal };
    expect((await erasing.handlers["telegram.export"]?.(job))?._unsafeUnwrap()).toMatchObject({ type: "again" });
    expect(await valueOf(storage.store.sessions.find("telegram:export:42"))).toBeUndefined();
    expect(documents(stage)).toStrictEqual([]);
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
    await toPrivacy(stage);
    expect(await stage.presses(english("button.export"))).toBe(english("toast.export"));
  });

  it("lets somebody try again at once whose data could not be sent", async () => {
    const stage = await botStage();
    await toPrivacy(stage);
    await stage.presses(english("button.export"));
    await stage.pass(5);
    const exportId = (await valueOf(stage.storage.store.owners.find(actor)))?.exported?.id ?? "";
    const job = { kind: "telegram.export", key: "42", payload: { exportId }, attempt: 6 };
    const signal = new AbortController().signal;
    expect(await stage.avatars.handlers["telegram.export"]?.({ ...job, signal })).toMatchObject(ok({ type: "done" }));
    expect(newest(stage).text).toBe(english("export.failed"));
    await toPrivacy(stage);
    expect(await stage.presses(english("button.export"))).toBe(english("toast.export"));
  });

  it.each([
    ["too large", { error_code: 413, description: "Request Entity Too Large" }, [english("export.failed")]],
    ["no document", { error_code: 400, description: "Bad Request: wrong file" }, [english("export.failed")]],
    ["of a bot that they had blocked", { error_code: 403, description: "Forbidden: bot was blocked by the user" }, []],
  ] as const)("lets somebody try again at once whose zip Telegram refuses, as it is %s", async (_, answer, said) => {
    const stage = await botStage();
    await stage.draft();
    await toPrivacy(stage);
    stage.fake.control.fault({ method: "sendDocument", answer });
    await stage.presses(english("button.export"));
    const beforeZip = newest(stage);
    await stage.pass(5);
    expect(documents(stage)).toStrictEqual([]);
    expect(
      stage
        .bot()
        .filter(({ text }) => text !== beforeZip.text)
        .map(({ text }) => text),
    ).toEqual(expect.arrayContaining([...said]));
    await toPrivacy(stage);
    expect(await stage.presses(english("button.export"))).toBe(english("toast.export"));
    await stage.pass(5);
    expect(documents(stage)).toHaveLength(1);
    await toPrivacy(stage);
    expect(await stage.presses(english("button.export"))).not.toBe(english("toast.export"));
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
