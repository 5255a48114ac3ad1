import { photoBytes, valueOf } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { chatStage } from "./__fixtures__/chat-stage.ts";
import { refusal, seen, statusOf, wording } from "./__fixtures__/seen.ts";
import { takePhoto } from "./take-photo.ts";

const statuses = (photos: readonly { readonly state: { readonly status: string } }[]): string[] =>
  photos.map(({ state }) => state.status);

describe("takePhoto", () => {
  it("makes a row of every photo at once, and shows what became of all of them", async () => {
    const stage = await chatStage({ limits: { minimum: 10, maximum: 20 } });
    const id = await stage.collecting();
    stage.ada.sendsAlbum(Array.from({ length: 10 }, () => ({ bytes: photoBytes() })));
    await stage.handle();
    expect(statuses((await stage.overview(id)).photos)).toStrictEqual(Array(10).fill("pending"));
    await stage.pass(5);
    expect(statuses((await stage.overview(id)).photos)).toStrictEqual(Array(10).fill("accepted"));
    expect(seen(stage)).toStrictEqual([{ said: await statusOf(stage, id) }]);
  });

  it("loses none of ten photos that two processes handle at once, each twice", async () => {
    const stage = await chatStage({ limits: { minimum: 10, maximum: 20 }, workers: 2 });
    const id = await stage.collecting();
    stage.ada.sendsAlbum(Array.from({ length: 10 }, () => ({ bytes: photoBytes() })));
    await stage.handle(2);
    await stage.pass(5);
    const { photos, readiness } = await stage.overview(id);
    expect(photos.map(({ number }) => number)).toStrictEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(readiness.accepted).toBe(10);
    expect(seen(stage)).toStrictEqual([{ said: await statusOf(stage, id) }]);
    expect((await stage.conversation()).burst).toMatchObject({ firstNumber: 1, photos: 10, settled: true });
  });

  it("takes files as well, in an album of their own", async () => {
    const stage = await chatStage();
    const id = await stage.collecting();
    stage.ada.sendsAlbum([
      { bytes: photoBytes() },
      { bytes: photoBytes() },
      { as: "document", bytes: photoBytes(), name: "IMG 1.JPG" },
      { as: "document", bytes: photoBytes(), name: "снимок.png" },
    ]);
    await stage.handle();
    await stage.pass(5);
    expect((await stage.overview(id)).readiness.accepted).toBe(4);
    expect(seen(stage)).toStrictEqual([{ said: await statusOf(stage, id) }]);
  });

  it("counts two albums at once as one burst", async () => {
    const stage = await chatStage({ limits: { minimum: 3, maximum: 20 } });
    const id = await stage.collecting();
    for (let album = 0; album < 2; album++)
      stage.ada.sendsAlbum([{ bytes: photoBytes() }, { bytes: photoBytes() }, { bytes: photoBytes() }]);
    await stage.handle();
    await stage.pass(5);
    expect((await stage.overview(id)).readiness.accepted).toBe(6);
    expect(seen(stage)).toStrictEqual([{ said: await statusOf(stage, id) }]);
  });

  it("tells that a photo is there already, whether it comes again as a photo or as a file", async () => {
    const stage = await chatStage();
    const id = await stage.collecting();
    const bytes = photoBytes();
    stage.ada.sendsPhoto(bytes);
    await stage.handle();
    await stage.pass(1);
    const again = [stage.ada.sendsPhoto(bytes), stage.ada.sendsFile({ bytes, name: "again.jpg" })];
    await stage.handle();
    await stage.pass(6);
    expect((await stage.overview(id)).photos.slice(1).map(({ state }) => state)).toStrictEqual(
      [2, 3].map(() => ({ status: "rejected", rejection: { code: "duplicate", of: 1 } })),
    );
    expect(seen(stage)).toStrictEqual([
      ...again.map(({ messageId }) => refusal(stage, messageId, { code: "duplicate", of: 1 })),
      { said: await statusOf(stage, id, [2, 3]) },
    ]);
  });

  it("rejects a file that is stated to be too large without fetching it, and a PDF by what is in it", async () => {
    const stage = await chatStage();
    const id = await stage.collecting();
    const size = 25 * 1024 * 1024;
    const large = stage.ada.sendsFile({ size, name: "large.jpg", mimeType: "image/jpeg" });
    await stage.handle();
    await stage.pass(1);
    expect(stage.fake.control.calls.filter(({ method }) => method === "getFile")).toStrictEqual([]);
    const pdf = new TextEncoder().encode("%PDF-1.7");
    const { messageId } = stage.ada.sendsFile({ bytes: pdf, name: "me.jpg", mimeType: "image/jpeg" });
    await stage.handle();
    await stage.pass(6);
    const tooLarge = { code: "file-too-large", bytes: size, maximum: 20 * 1024 * 1024 } as const;
    expect((await stage.overview(id)).photos.map(({ state }) => state)).toStrictEqual([
      { status: "rejected", rejection: tooLarge },
      { status: "rejected", rejection: { code: "not-an-image" } },
    ]);
    expect(seen(stage)).toStrictEqual([
      refusal(stage, large.messageId, tooLarge),
      refusal(stage, messageId, { code: "not-an-image" }),
      { said: await statusOf(stage, id, [1, 2]) },
    ]);
  });

  it("changes nothing when a photo is edited", async () => {
    const stage = await chatStage();
    const id = await stage.collecting();
    const { messageId } = stage.ada.sendsPhoto(photoBytes());
    await stage.handle();
    await stage.pass(5);
    const before = [await stage.overview(id), seen(stage)];
    stage.ada.edits(messageId, { photo: photoBytes() });
    expect(stage.fake.control.updates.at(-1)).toHaveProperty("edited_message");
    await stage.handle();
    await stage.pass(5);
    expect([await stage.overview(id), seen(stage)]).toStrictEqual(before);
  });

  it("says once that there is no place for more, however many come at once", async () => {
    const stage = await chatStage({ limits: { minimum: 1, maximum: 2 }, workers: 2 });
    const id = await stage.collecting();
    stage.ada.sendsAlbum([{ bytes: photoBytes() }, { bytes: photoBytes() }]);
    await stage.handle();
    await stage.pass(5);
    const full = (replyTo: number | undefined) => ({
      said: wording(stage.ports.say("en", "photos.full", { maximum: 2, ever: false, enough: true })),
      replyTo,
    });
    const albums = [1, 2, 3].map(() =>
      stage.ada.sendsAlbum([{ bytes: photoBytes() }, { bytes: photoBytes() }, { bytes: photoBytes() }]),
    );
    await stage.handle();
    await stage.pass(10);
    expect((await stage.overview(id)).photos).toHaveLength(2);
    const [status, first, ...more] = seen(stage);
    expect([status, more]).toStrictEqual([{ said: await statusOf(stage, id) }, []]);
    expect(albums.flat().map(({ messageId }) => full(messageId))).toContainEqual(first);
    const { messageId } = stage.ada.sendsPhoto(photoBytes());
    await stage.handle();
    expect(seen(stage).slice(1)).toStrictEqual([first, full(messageId)]);
  });

  it("says that once for an album, however slowly it comes", async () => {
    const stage = await chatStage({ limits: { minimum: 1, maximum: 1 } });
    await stage.collecting();
    stage.ada.sendsPhoto(photoBytes());
    await stage.handle();
    await stage.pass(6);
    for (const messageId of [101, 102, 103]) {
      await valueOf(takePhoto(stage.ports, stage.person, { fileId: "late", messageId, mediaGroupId: "album" }));
      await stage.pass(6);
    }
    expect(seen(stage).slice(1)).toStrictEqual([
      { said: wording(stage.ports.say("en", "photos.full", { maximum: 1, ever: false, enough: true })) },
    ]);
  });

  it("lets more wait than there are places, and tells which of them came too late", async () => {
    const stage = await chatStage({ limits: { minimum: 1, maximum: 2 } });
    const id = await stage.collecting();
    const sent = stage.ada.sendsAlbum([{ bytes: photoBytes() }, { bytes: photoBytes() }, { bytes: photoBytes() }]);
    await stage.handle();
    await stage.pass(5);
    const rejected = (await stage.overview(id)).photos.filter(({ state }) => state.status === "rejected");
    expect(rejected.map(({ state }) => state)).toStrictEqual([
      { status: "rejected", rejection: { code: "limit-reached", maximum: 2 } },
    ]);
    const numbers = rejected.map(({ number }) => number);
    const late = sent[(numbers[0] ?? 0) - 1]?.messageId;
    expect(seen(stage)).toStrictEqual([
      refusal(stage, late, { code: "limit-reached", maximum: 2 }),
      { said: await statusOf(stage, id, numbers) },
    ]);
  });

  it("ends the wizard when its avatar is gone, and says that nothing is needed", async () => {
    const stage = await chatStage();
    const avatarId = await stage.collecting();
    await stage.ports.likeness.avatars.erase({ actor: stage.person.actor, avatarId });
    stage.ada.sendsAlbum([{ bytes: photoBytes() }, { bytes: photoBytes() }]);
    await stage.handle();
    expect((await stage.conversation()).step).toStrictEqual({ name: "idle" });
    const hint = wording(stage.ports.say("en", "hint", { waiting: "nothing", received: "photo", album: true }));
    expect(seen(stage)).toStrictEqual([{ said: hint }]);
  });
});
