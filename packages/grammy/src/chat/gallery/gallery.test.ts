import { pictureBytes, valueOf } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { newest } from "../__fixtures__/bot-stage.ts";
import { english } from "../__fixtures__/words.ts";
import { drawable, train, type Drawable } from "../pictures/__fixtures__/drawable.ts";
import { callsOf, labelsOf, lastOf, mediaIn } from "../pictures/__fixtures__/seen-pictures.ts";

/** Ada looks at the newest of some pictures. */
async function inGallery(count = 3): Promise<Drawable> {
  const drawn = await drawable();
  const { stage, draws, avatarId } = drawn;
  for (let drawing = 0; drawing < count; drawing += 1) await draws();
  await stage.forges(`v1:gallery:${avatarId}`);
  return drawn;
}

const ids = async ({ stage, actor }: Drawable) =>
  (await valueOf(stage.likeness.images.list({ actor }))).map(({ id }) => id);

const card = (given: Partial<Parameters<typeof english<"picture.card">>[1]> = {}) =>
  english("picture.card", { name: "Ada", ...given });

describe("the gallery", () => {
  it("is one message that turns in place, newest first", async () => {
    const drawn = await inGallery();
    const { stage } = drawn;
    const { id } = lastOf(stage);
    expect(lastOf(stage).caption).toBe(card());
    expect(labelsOf(stage)).toStrictEqual([
      ["1/3", "›"],
      ["♡", english("button.again"), english("button.variation")],
      [english("button.original"), english("button.larger")],
      [english("button.show-prompt"), english("button.favourites")],
      [english("button.delete-picture")],
    ]);
    const first = lastOf(stage).photo?.fileId;
    await stage.presses("›");
    expect(labelsOf(stage)[0]).toStrictEqual(["‹", "2/3", "›"]);
    expect(lastOf(stage).photo?.fileId).not.toBe(first);
    await stage.presses("›");
    expect(labelsOf(stage)[0]).toStrictEqual(["‹", "3/3"]);
    await stage.presses("‹");
    await stage.presses("‹");
    expect(await stage.presses("1/3")).toBeUndefined();
    expect(lastOf(stage)).toMatchObject({ id, photo: { fileId: first } });
  });

  it("shows pictures by the files that Telegram has, and by our bytes once those are unknown", async () => {
    const { stage } = await inGallery();
    const uploads = () =>
      callsOf(stage, "sendPhoto", "editMessageMedia").filter(({ payload }) =>
        JSON.stringify(payload).includes('"size"'),
      );
    const before = uploads().length;
    await stage.presses("›");
    await stage.presses("›");
    expect(uploads()).toHaveLength(before);
    for (const { photo } of mediaIn(stage)) if (photo) stage.fake.control.loseFile(photo.fileId);
    await stage.presses("‹");
    expect(labelsOf(stage)[0]).toStrictEqual(["‹", "2/3", "›"]);
    expect(uploads()).toHaveLength(before + 1);
    await stage.presses("›");
    await stage.presses("‹");
    // The one that was uploaded again is known again.
    expect(uploads()).toHaveLength(before + 2);
  });

  it("says on demand what a picture was made from, without the trigger", async () => {
    const { stage } = await inGallery(1);
    await stage.presses(english("button.show-prompt"));
    expect(lastOf(stage).caption).toBe(card({ shown: { scene: "Café" } }));
    await stage.presses(english("button.hide-prompt"));
    expect(lastOf(stage).caption).toBe(card());
  });

  it("keeps favourites, and shows only them on demand", async () => {
    const drawn = await inGallery();
    const { stage, actor } = drawn;
    const [newestId, middle] = await ids(drawn);
    expect(await stage.presses(english("button.favourites"))).toBe(english("toast.no-favourites"));
    expect(labelsOf(stage)[0]).toStrictEqual(["1/3", "›"]);
    await stage.presses("›");
    await stage.presses("♡");
    expect(labelsOf(stage)[1]?.[0]).toBe("❤");
    await stage.presses("‹");
    await stage.presses(english("button.favourites"));
    expect(labelsOf(stage)[0]).toStrictEqual(["1/1"]);
    expect(labelsOf(stage)[3]).toStrictEqual([english("button.show-prompt"), english("button.all-pictures")]);
    expect((await valueOf(stage.likeness.images.list({ actor, favourites: true }))).map(({ id }) => id)).toStrictEqual([
      middle,
    ]);
    expect(await stage.presses("❤")).toBe(english("toast.no-favourites"));
    expect(labelsOf(stage)[0]).toStrictEqual(["‹", "2/3", "›"]);
    await stage.forges(`v1:like:${newestId}:af`);
    await stage.presses(english("button.all-pictures"));
    expect(labelsOf(stage)[0]).toStrictEqual(["1/3", "›"]);
  });

  it("makes a picture a favourite once, however often the same press comes", async () => {
    const drawn = await drawable();
    const { stage, draws } = drawn;
    await draws();
    stage.ada.presses({ text: "♡" });
    const update = stage.newestUpdate();
    await stage.handle();
    stage.fake.control.deliverAgain(update.update_id);
    await stage.handle();
    expect(labelsOf(stage)[0]?.[0]).toBe("❤");
    await stage.presses("❤");
    expect(labelsOf(stage)[0]?.[0]).toBe("♡");
  });

  it("deletes after a question, and shows the next picture in its place", async () => {
    const drawn = await inGallery(2);
    const { stage } = drawn;
    const { id } = lastOf(stage);
    await stage.presses(english("button.delete-picture"));
    expect(lastOf(stage).caption).toBe(english("picture.delete"));
    await stage.presses(english("button.keep-picture"));
    expect(labelsOf(stage)[0]).toStrictEqual(["1/2", "›"]);
    await stage.presses(english("button.delete-picture"));
    await stage.presses(english("button.delete-confirm"));
    expect(lastOf(stage).id).toBe(id);
    expect(labelsOf(stage)[0]).toStrictEqual(["1/1"]);
    expect(await ids(drawn)).toHaveLength(1);
    await stage.presses(english("button.delete-picture"));
    await stage.presses(english("button.delete-confirm"));
    expect(await ids(drawn)).toStrictEqual([]);
    expect(newest(stage)).toStrictEqual({
      text: english("gallery.empty", { name: "Ada" }),
      buttons: [[english("button.make-pictures")]],
    });
    expect(stage.ada.chat().some((message) => message.id === id)).toBe(false);
  });

  it("sends the original as a document with the stored bytes", async () => {
    const drawn = await inGallery(2);
    const { stage } = drawn;
    const [newestId] = await ids(drawn);
    await stage.presses(english("button.original"));
    const { document, caption } = lastOf(stage);
    expect([document?.name, document?.mimeType, caption]).toStrictEqual(["ada-2.jpg", "image/jpeg", "Made with AI"]);
    const { stream } = await valueOf(stage.likeness.images.open({ actor: drawn.actor, pictureId: newestId ?? "" }));
    const stored = new Uint8Array(await new Response(stream).arrayBuffer());
    expect(Buffer.from(stage.fake.control.file(document?.fileId ?? "").bytes).equals(stored)).toBe(true);
  });

  it("of all avatars holds what that of one leaves out", async () => {
    const drawn = await inGallery(1);
    const { stage, draws, actor, avatarId } = drawn;
    const second = await stage.draft("Grace");
    await train(stage, second);
    await stage.forges(`v1:gallery:${second}`);
    expect(newest(stage).text).toBe(english("gallery.empty", { name: "Grace" }));
    await valueOf(stage.likeness.avatars.setMain({ actor, avatarId: second }));
    await draws();
    await stage.forges("v1:gallery:");
    expect(lastOf(stage).caption).toBe(card({ name: "Grace" }));
    expect(labelsOf(stage)[0]).toStrictEqual(["1/2", "›"]);
    await stage.presses("›");
    expect(lastOf(stage).caption).toBe(card());
    await stage.forges(`v1:gallery:${avatarId}`);
    expect(labelsOf(stage)[0]).toStrictEqual(["1/1"]);
  });

  it("is empty for somebody without pictures", async () => {
    const { stage } = await drawable();
    await stage.says("/images");
    await stage.presses(english("button.gallery"));
    expect(newest(stage).text).toBe(english("gallery.empty", { name: "Ada" }));
    await stage.forges("v1:gallery:");
    expect(newest(stage)).toStrictEqual({
      text: english("gallery.empty", {}),
      buttons: [[english("button.make-pictures")]],
    });
    await stage.presses(english("button.make-pictures"));
    expect(newest(stage).text).toContain("Choose a scene");
  });

  it("is named in the question whether to delete its avatar, and goes with it", async () => {
    const drawn = await inGallery(1);
    const { stage, avatarId } = drawn;
    await stage.forges(`v1:delete-ask:${avatarId}`);
    const parts = { photos: true, models: true, pictures: true };
    expect(lastOf(stage).caption).toBe(english("delete.ask", { name: "Ada", training: false, ...parts }));
    await stage.presses(english("button.delete-confirm"));
    expect(newest(stage).text).toBe(english("deleted", { name: "Ada", ...parts }));
    expect(await ids(drawn)).toStrictEqual([]);
  });

  it("says that a button is old when its picture or its avatar is gone", async () => {
    const drawn = await inGallery(2);
    const { stage, actor, avatarId } = drawn;
    const [first, second] = await ids(drawn);
    await valueOf(stage.likeness.images.remove({ actor, pictureId: second ?? "" }));
    expect(await stage.presses("›")).toBe(english("toast.old-button"));
    for (const era of ["", "x", "aff", "afpx"])
      expect(await stage.forges(`v1:turn:${first}:${era}`)).toBe(english("toast.old-button"));
    await valueOf(stage.likeness.avatars.erase({ actor, avatarId }));
    for (const verb of ["turn", "like", "original", "remove-ask", "remove-yes", "picture"])
      expect(await stage.forges(`v1:${verb}:${first}:a`)).toBe(english("toast.old-button"));
  });

  it("waits when Telegram asks for it, with a toast", async () => {
    const { stage } = await inGallery(2);
    stage.fake.control.fault({ method: "editMessageMedia", answer: { error_code: 429, retry_after: 5 } });
    expect(await stage.presses("›")).toBe(english("toast.busy"));
    await stage.pass(6);
    await stage.presses("›");
    expect(labelsOf(stage)[0]).toStrictEqual(["‹", "2/2"]);
  });

  it("sends the picture again when its message is gone", async () => {
    const { stage } = await inGallery(2);
    stage.fake.control.fault({
      method: "editMessageMedia",
      answer: { error_code: 400, description: "Bad Request: message to edit not found" },
    });
    const before = mediaIn(stage).length;
    await stage.presses("›");
    expect(mediaIn(stage)).toHaveLength(before + 1);
    expect(labelsOf(stage)[0]).toStrictEqual(["‹", "2/2"]);
  });

  it("shows a picture that Telegram refuses as a photo as a document, in the same message", async () => {
    const { stage } = await inGallery(2);
    const { id } = lastOf(stage);
    const answer = { error_code: 400, description: "Bad Request: PHOTO_INVALID_DIMENSIONS" };
    stage.fake.control.fault({ method: "editMessageMedia", times: 2, answer });
    await stage.presses("›");
    expect(lastOf(stage)).toMatchObject({ id, document: { name: "ada-1.jpg" }, caption: card() });
    const { document } = lastOf(stage);
    await stage.presses("‹");
    expect(lastOf(stage).photo).toBeDefined();
    await stage.presses("›");
    expect(lastOf(stage).document).toStrictEqual(document);
    const edits = stage.fake.control.calls.filter(({ method }) => method === "editMessageMedia");
    expect(edits.at(-1)?.payload["media"]).toMatchObject({ type: "document", media: document?.fileId });
  });

  it("shows a picture that is no photo for Telegram as a document", async () => {
    const drawn = await inGallery(1);
    const { stage, accepted, make, avatarId } = drawn;
    await stage.forges(`v1:make:${avatarId}`);
    await stage.presses("Café");
    await stage.presses(english("button.draw"));
    const [order] = await accepted();
    if (order) make(order, {}, pictureBytes({ width: 200, height: 4_200 }));
    await stage.pass(8);
    expect(lastOf(stage).document).toMatchObject({ mimeType: "image/jpeg" });
    await stage.forges(`v1:gallery:${avatarId}`);
    expect(lastOf(stage).document?.name).toBe("ada-2.jpg");
    await stage.presses("›");
    expect(lastOf(stage).photo).toBeDefined();
    await stage.presses("‹");
    expect(lastOf(stage).document).toBeDefined();
  });
});
