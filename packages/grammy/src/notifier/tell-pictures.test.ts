import { addSeconds, type Notification, type NotificationContent, type Picture } from "@likeness/core";
import {
  anAvatar,
  aNotification,
  aPicture,
  memoryBlobStore,
  memoryStore,
  pictureBytes,
  recordingLog,
  valueOf,
} from "@likeness/testing";
import { Api } from "grammy";
import { err, ok } from "neverthrow";
import { describe, expect, it, onTestFinished } from "vitest";
import { english } from "../chat/__fixtures__/words.ts";
import { changeConversation, noteOrder } from "../conversation/conversations.ts";
import { servedFake, token } from "../testing/__fixtures__/served-fake.ts";
import { serveTelegramFake, type TelegramFaultAnswer } from "../testing/index.ts";
import { telegramNotifier } from "./telegram-notifier.ts";

const ownerId = "telegram:42";
const avatarId = "0193b1f6-7c00-7000-8000-0000000000a1";

/** Ada's chat, and pictures of hers. */
async function stage() {
  const { clock, fake, api, ada } = await servedFake();
  const { store, setDown } = memoryStore({ clock });
  const blobs = memoryBlobStore();
  const log = recordingLog();
  const { sessions } = store;
  await valueOf(store.avatars.save(anAvatar({ id: avatarId, ownerId })));
  ada.says("/start");
  const notifier = telegramNotifier(api, { sessions, clock, log, pictures: { store, blobs } });
  return {
    clock,
    fake,
    store,
    blobs,
    log,
    ada,
    setDown,
    sessions,
    picture: async (bytes = pictureBytes(), facts: Partial<Picture> = {}) => {
      const blobKey = await valueOf(blobs.put(bytes));
      const picture = aPicture({
        ownerId,
        avatarId,
        blobKey,
        bytes: bytes.byteLength,
        width: 864,
        height: 1152,
        ...facts,
      });
      return valueOf(store.pictures.save(picture));
    },
    send: (content: NotificationContent, given: Partial<Notification> = {}) =>
      notifier.send(aNotification({ ownerId, avatarId, avatarName: "Ada", content, ...given })),
    seen: () => ada.chat().filter(({ from }) => from === "bot"),
    calls: (...methods: string[]) => fake.control.calls.filter(({ method }) => methods.includes(method)),
    fault: (method: string, answer: TelegramFaultAnswer) => fake.control.fault({ method, answer }),
  };
}

type Stage = Awaited<ReturnType<typeof stage>>;

const done = (pictures: readonly Picture[], others: { blocked?: number; failed?: number } = {}) =>
  ({
    template: "images-done",
    setId: "0193b1f6-7c00-7000-8000-0000000000b1",
    pictureIds: pictures.map(({ id }) => id),
    blocked: 0,
    failed: 0,
    ...others,
  }) as const;

const several = async ({ picture }: Stage, count: number) => {
  const pictures: Picture[] = [];
  for (let index = 0; index < count; index += 1) pictures.push(await picture());
  return pictures;
};

const shape = ({ seen }: Stage) =>
  seen().map(({ text, caption, photo, document, albumId, buttons }) => [
    photo ? "photo" : document ? "document" : "text",
    ...(albumId === undefined ? [] : ["in an album"]),
    text ?? caption,
    ...buttons.map((row) => row.map((each) => each.text).join(" ")),
  ]);

const albumOf = (...places: number[]) => places.map((place) => ["photo", "in an album", `${place} · Made with AI`]);

describe("pictures in Telegram", () => {
  it("come with the message that the avatar is ready, whose first button makes more", async () => {
    const on = await stage();
    const pictures = await several(on, 4);
    const pictureIds = pictures.map(({ id }) => id);
    await on.send({ template: "training-ready", model: "stored", pictureIds });
    expect(shape(on)).toStrictEqual([
      ...albumOf(1, 2, 3, 4),
      [
        "text",
        english("ready", { name: "Ada", model: "stored" }),
        "Make pictures",
        "Show my avatars",
        "Create an avatar",
      ],
    ]);
  });

  it("come later with a short line", async () => {
    const on = await stage();
    const pictures = await several(on, 2);
    await on.send({ template: "first-look", pictureIds: pictures.map(({ id }) => id) });
    expect(shape(on)).toStrictEqual([
      ...albumOf(1, 2),
      ["text", english("first-look", { name: "Ada" }), "Make pictures"],
    ]);
  });

  it("do not keep the ready message back when they are gone, or our own blobs fail", async () => {
    const on = await stage();
    const [picture] = await several(on, 1);
    const ready = { template: "training-ready", model: "stored", pictureIds: [picture?.id ?? "", "unknown"] } as const;
    on.blobs.setDown(true);
    expect(await on.send(ready)).toMatchObject(ok({ type: "sent" }));
    on.blobs.setDown(false);
    await valueOf(on.store.pictures.delete(picture?.id ?? ""));
    expect(await on.send(ready)).toMatchObject(ok({ type: "sent" }));
    expect(shape(on).map(([kind]) => kind)).toStrictEqual(["text", "text"]);
  });

  it("up to ten are an album, with numbers in rows of five", async () => {
    const on = await stage();
    await on.send(done(await several(on, 10)));
    const text = english("pictures.done", { name: "Ada", pictures: 10, blocked: 0, failed: 0 });
    expect(shape(on)).toStrictEqual([
      ...albumOf(1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
      ["text", text, "1 2 3 4 5", "6 7 8 9 10", "Again"],
    ]);
  });

  it("are noted by the files that Telegram gave them, and sent by these the next time", async () => {
    const on = await stage();
    const pictures = await several(on, 2);
    await on.send(done(pictures));
    const files = on.seen().flatMap(({ photo }) => photo?.fileId ?? []);
    const stored = await Promise.all(pictures.map(({ id }) => valueOf(on.store.pictures.find(id))));
    expect(stored.map((picture) => picture?.channelFile)).toStrictEqual(files);
    await on.send(done(pictures), { id: "another" });
    const [, second] = on.calls("sendMediaGroup");
    expect(second?.payload["media"]).toMatchObject(files.map((media) => ({ type: "photo", media })));
  });

  it("are uploaded again when Telegram no longer knows a file", async () => {
    const on = await stage();
    const pictures = await several(on, 3);
    await on.send(done(pictures));
    const [, lost] = on.seen();
    on.fake.control.loseFile(lost?.photo?.fileId ?? "");
    await on.send(done(pictures), { id: "another" });
    expect(shape(on).slice(4, 7)).toStrictEqual(albumOf(1, 2, 3));
    const known = (await valueOf(on.store.pictures.find(pictures[1]?.id ?? "")))?.channelFile;
    expect(known).not.toBe(lost?.photo?.fileId);
    await on.send(done(pictures), { id: "a third one" });
    expect(on.calls("sendMediaGroup")).toHaveLength(4);
  });

  it.each([
    ["too wide", pictureBytes({ width: 4_200, height: 200 }), { width: 4_200, height: 200 }],
    ["too large", pictureBytes({ width: 5_008, height: 5_008 }), { width: 5_008, height: 5_008 }],
    ["too many bytes", pictureBytes(), { bytes: 11 * 1024 * 1024 }],
  ])("that are %s are documents, beside the album of the others", async (_what, bytes, facts) => {
    const on = await stage();
    const [one, two] = await several(on, 2);
    const odd = await on.picture(bytes, facts);
    if (!one || !two) throw new Error("there are two");
    await on.send(done([odd, one, two]));
    expect(shape(on)).toStrictEqual([
      ...albumOf(2, 3),
      ["document", "1 · Made with AI"],
      ["text", english("pictures.done", { name: "Ada", pictures: 3, blocked: 0, failed: 0 }), "1 2 3", "Again"],
    ]);
    expect(on.calls("sendMediaGroup", "sendPhoto", "sendDocument").map(({ method }) => method)).toStrictEqual([
      "sendMediaGroup",
      "sendDocument",
    ]);
  });

  it.each([
    [1, "sendPhoto"],
    [2, "sendMediaGroup"],
  ])("that Telegram refuses as photos are documents: %s", async (count, method) => {
    const on = await stage();
    on.fault(method, { error_code: 400, description: "Bad Request: PHOTO_INVALID_DIMENSIONS" });
    await on.send(done(await several(on, count)));
    expect(
      on
        .seen()
        .slice(0, count)
        .map(({ document }) => document?.name),
    ).toStrictEqual(Array.from({ length: count }, (_, index) => `ada-${index + 1}.jpg`));
    expect(on.log.entries.map(({ level, message }) => [level, message])).toStrictEqual([
      ["warn", "Telegram refused pictures as photos"],
    ]);
  });

  it("of a set that were deleted meanwhile are not told", async () => {
    const on = await stage();
    const pictures = await several(on, 3);
    await valueOf(on.store.pictures.delete(pictures[0]?.id ?? ""));
    await on.send(done(pictures));
    expect(shape(on).map(([kind]) => kind)).toStrictEqual(["photo", "photo", "text"]);
    for (const { id } of pictures) await valueOf(on.store.pictures.delete(id));
    expect(await on.send(done(pictures), { id: "another" })).toStrictEqual(ok({ type: "sent" }));
    expect(on.seen()).toHaveLength(3);
  });

  it("of another person are not shown", async () => {
    const on = await stage();
    const other = await valueOf(on.store.avatars.save(anAvatar({ ownerId: "telegram:43" })));
    const foreign = await on.picture(pictureBytes(), { ownerId: "telegram:43", avatarId: other.id });
    expect(await on.send(done([foreign]))).toStrictEqual(ok({ type: "sent" }));
    expect(on.seen()).toStrictEqual([]);
  });

  it("wait while our own stores fail, if they are the message", async () => {
    const on = await stage();
    const pictures = await several(on, 1);
    on.blobs.setDown(true);
    const failed = err({ type: "notifier-failure", detail: "the pictures could not be read" });
    expect(await on.send(done(pictures))).toStrictEqual(failed);
    on.blobs.setDown(false);
    on.setDown(true);
    expect(await on.send(done(pictures))).toStrictEqual(failed);
    on.setDown(false);
    expect(await on.send(done(pictures))).toMatchObject(ok({ type: "sent" }));
  });

  it("are told where they were ordered, in the person's language", async () => {
    const on = await stage();
    const { topicId } = on.ada.createsTopic("Pictures");
    const pictures = await several(on, 2);
    await valueOf(
      changeConversation(on.sessions, { chatId: 42 }, (known) => ({ ...known, locale: "ru", localeChosen: true })),
    );
    await valueOf(noteOrder(on.sessions, { chatId: 42, topicId }, done([]).setId));
    await on.send(done(pictures));
    expect(on.seen().map((message) => message.topicId)).toStrictEqual([topicId, topicId, topicId]);
    expect(on.seen()[0]?.caption).toBe("1 · Создано с помощью ИИ");
  });
});

describe("an attempt that was interrupted", () => {
  it("after the album does not send the album again", async () => {
    const on = await stage();
    const pictures = await several(on, 2);
    on.fault("sendMessage", { error_code: 429, retry_after: 3 });
    const told = { id: "0193b1f6-7c00-7000-8000-0000000000c1" };
    expect(await on.send(done(pictures), told)).toStrictEqual(
      ok({ type: "retry-at", at: addSeconds(on.clock.now(), 4) }),
    );
    await on.clock.advance(5);
    expect(await on.send(done(pictures), told)).toMatchObject(ok({ type: "sent" }));
    expect(shape(on).map(([kind]) => kind)).toStrictEqual(["photo", "photo", "text"]);
    expect(await valueOf(on.sessions.find(`telegram:told:${told.id}`))).toBeUndefined();
  });

  it("during the album, whose answer was lost, sends it again", async () => {
    const on = await stage();
    const pictures = await several(on, 2);
    on.fault("sendMediaGroup", "apply-then-drop");
    expect((await on.send(done(pictures))).isErr()).toBe(true);
    await on.send(done(pictures));
    expect(shape(on).map(([kind]) => kind)).toStrictEqual(["photo", "photo", "photo", "photo", "text"]);
  });
});

it("without a place to read pictures from, leads to them by buttons", async () => {
  const on = await stage();
  const pictures = await several(on, 1);
  const { clock, sessions, fake } = on;
  const server = await serveTelegramFake(fake);
  onTestFinished(() => server.close());
  const notifier = telegramNotifier(new Api(token, { apiRoot: server.url }), { sessions, clock });
  await notifier.send(aNotification({ ownerId, avatarId, avatarName: "Ada", content: done(pictures) }));
  expect(shape(on).map(([kind, , buttons]) => [kind, buttons])).toStrictEqual([["text", "1"]]);
});
