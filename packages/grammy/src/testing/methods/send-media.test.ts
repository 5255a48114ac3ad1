import { testStart } from "@likeness/testing";
import { InputFile, InputMediaBuilder } from "grammy";
import type { InputMediaPhoto, Message } from "grammy/types";
import { describe, expect, it } from "vitest";
import { picture } from "../__fixtures__/pictures.ts";
import { refusalOf, startedFake, token } from "../__fixtures__/served-fake.ts";

const bad = (why: string) => ({ error_code: 400, description: `Bad Request: ${why}` });
const id = expect.stringMatching(/^[\w-]{16,}$/);

describe("sendPhoto", () => {
  it("takes an upload, in two sizes, and sends it again by the id of any of them", async () => {
    const { fake, api, ada } = await startedFake();
    const bytes = await picture(1280, 960);
    const first = await api.sendPhoto(42, new InputFile(bytes, "моё фото 1.jpg"), {
      caption: "*Ready*",
      parse_mode: "MarkdownV2",
      reply_markup: { inline_keyboard: [[{ text: "Go", callback_data: "go" }]] },
    });
    expect(first.photo).toStrictEqual([
      { file_id: id, file_unique_id: id, file_size: 319, width: 90, height: 68 },
      { file_id: id, file_unique_id: id, file_size: bytes.length, width: 1280, height: 960 },
    ]);
    for (const { file_id } of first.photo) {
      const again = await api.sendPhoto(42, file_id);
      expect(again.photo).toStrictEqual(first.photo);
    }
    const { file_id: fileId = "" } = first.photo[1] ?? {};
    expect(ada.chat()[1]).toStrictEqual({
      id: 2,
      from: "bot",
      at: testStart,
      caption: "Ready",
      entities: [{ type: "bold", offset: 0, length: 5 }],
      buttons: [[{ text: "Go", data: "go" }]],
      photo: { fileId, width: 1280, height: 960, size: bytes.length },
      edited: false,
    });
    expect(fake.control.file(fileId)).toStrictEqual({ bytes, mimeType: "image/jpeg" });
    expect(fake.control.calls.at(-3)?.payload).toMatchObject({
      chat_id: 42,
      photo: { name: expect.stringMatching(/^моёфото1\.jpg$/), size: bytes.length },
    });
  });

  it("takes a form whose part is called photo", async () => {
    const { url, ada } = await startedFake();
    const form = new FormData();
    form.set("chat_id", "42");
    form.set("photo", new Blob([await picture(100, 50)]), "a b.jpg");
    const response = await fetch(`${url}/bot${token}/sendPhoto`, { method: "POST", body: form });
    expect(response.status).toBe(200);
    expect(ada.chat()[1]?.photo).toMatchObject({ width: 100, height: 50 });
  });

  it("refuses what is no photo, and keeps nothing of it", async () => {
    const { fake, api, ada } = await startedFake();
    const document = await api.sendDocument(42, new InputFile(Buffer.from("text"), "a.txt"));
    const before = fake.snapshot();
    const tooLarge = Buffer.concat([await picture(10, 10), Buffer.alloc(10 * 1024 * 1024)]);
    const refusals = [
      await refusalOf(api.sendPhoto(42, new InputFile(Buffer.from("no picture"), "a.jpg"))),
      await refusalOf(api.sendPhoto(42, new InputFile(await picture(10_000, 500)))),
      await refusalOf(api.sendPhoto(42, new InputFile(await picture(2100, 100)))),
      await refusalOf(api.sendPhoto(42, new InputFile(tooLarge))),
      await refusalOf(api.sendPhoto(42, new InputFile(new Uint8Array(0)))),
      await refusalOf(api.sendPhoto(42, "")),
      await refusalOf(api.sendPhoto(42, "AgACunknown")),
      await refusalOf(api.sendPhoto(42, "https://example.com/a.jpg")),
      await refusalOf(api.sendPhoto(42, document.document.file_id)),
      await refusalOf(api.sendPhoto(42, new InputFile(await picture(10, 10)), { caption: "x".repeat(1025) })),
    ];
    expect(refusals).toStrictEqual(
      [
        "IMAGE_PROCESS_FAILED",
        "PHOTO_INVALID_DIMENSIONS",
        "PHOTO_INVALID_DIMENSIONS",
        `file of size ${tooLarge.length} bytes is too big for a photo; the maximum size is 10485760 bytes`,
        "file must be non-empty",
        "there is no photo in the request",
        "wrong file identifier/HTTP URL specified",
        "failed to get HTTP URL content",
        "can't use file of type Document as Photo",
        "message caption is too long",
      ].map(bad),
    );
    expect(fake.snapshot()).toStrictEqual(before);
    expect(ada.chat()).toHaveLength(2);
  });

  it("takes a caption of 1024 characters", async () => {
    const { api } = await startedFake();
    const photo = new InputFile(await picture(10, 10));
    await expect(api.sendPhoto(42, photo, { caption: "x".repeat(1024) })).resolves.toMatchObject({
      caption: "x".repeat(1024),
    });
  });
});

describe("sendDocument", () => {
  it("keeps the bytes and the name; its ending tells the type", async () => {
    const { fake, api, ada } = await startedFake();
    const bytes = Uint8Array.from(Buffer.from("%PDF-1.7"));
    const { document } = await api.sendDocument(42, new InputFile(bytes, "model.pdf"), { caption: "Here" });
    expect(document).toStrictEqual({
      file_id: id,
      file_unique_id: id,
      file_name: "model.pdf",
      mime_type: "application/pdf",
      file_size: 8,
    });
    expect(ada.chat()[1]).toMatchObject({
      caption: "Here",
      document: { fileId: document.file_id, name: "model.pdf", mimeType: "application/pdf", size: 8 },
    });
    expect(fake.control.file(document.file_id)).toStrictEqual({
      bytes,
      name: "model.pdf",
      mimeType: "application/pdf",
    });
    await expect(api.sendDocument(42, document.file_id)).resolves.toMatchObject({ document });
  });

  it("refuses more than 50 MB", async () => {
    const { api } = await startedFake();
    const file = new InputFile(Buffer.alloc(50 * 1024 * 1024 + 1), "a.bin");
    await expect(refusalOf(api.sendDocument(42, file))).resolves.toStrictEqual({
      error_code: 413,
      description: "Request Entity Too Large",
    });
  });
});

describe("sendMediaGroup", () => {
  const photo = async (caption?: string) =>
    InputMediaBuilder.photo(new InputFile(await picture(100, 80)), caption === undefined ? {} : { caption });

  it("sends an album", async () => {
    const { api, ada } = await startedFake();
    const sent: readonly Message[] = await api.sendMediaGroup(42, [await photo("One"), await photo()], {
      reply_parameters: { message_id: 1 },
    });
    const album = sent[0]?.media_group_id;
    expect(album).toMatch(/^\d+$/);
    expect(sent.map(({ message_id, media_group_id }) => [message_id, media_group_id])).toStrictEqual([
      [2, album],
      [3, album],
    ]);
    expect(ada.chat().slice(1)).toMatchObject([
      { id: 2, caption: "One", albumId: album, photo: { width: 100, height: 80 }, replyTo: 1 },
      { id: 3, albumId: album, photo: { width: 100, height: 80 }, replyTo: 1 },
    ]);
    const other: readonly Message[] = await api.sendMediaGroup(42, [await photo(), await photo()]);
    expect(other[0]?.media_group_id).not.toBe(album);
  });

  it("refuses anything but two to ten of a kind, as a whole", async () => {
    const { api, ada } = await startedFake();
    const document = InputMediaBuilder.document(new InputFile(Buffer.from("a"), "a.txt"));
    const broken = InputMediaBuilder.photo(new InputFile(Buffer.from("no picture")));
    const many = await Promise.all(Array.from({ length: 11 }, () => photo()));
    const refusals = [
      await refusalOf(api.sendMediaGroup(42, [])),
      await refusalOf(api.sendMediaGroup(42, [await photo()])),
      await refusalOf(api.sendMediaGroup(42, many)),
      await refusalOf(api.sendMediaGroup(42, [await photo(), document] as InputMediaPhoto[])),
      await refusalOf(api.sendMediaGroup(42, [await photo(), broken])),
      await refusalOf(api.sendMediaGroup(42, [await photo(), { type: "photo", media: "attach://nothing" }])),
      await refusalOf(api.sendMediaGroup(42, [await photo(), { type: "poll", media: "a" } as never])),
      await refusalOf(api.sendMediaGroup(42, [await photo("x".repeat(1025)), await photo()])),
    ];
    expect(refusals).toStrictEqual(
      [
        "there are no messages to send",
        "media group must include 2-10 items",
        "too many messages to send as an album",
        "document can't be mixed with other media types",
        'failed to send message #2 with the error message "IMAGE_PROCESS_FAILED"',
        "there is no photo in the request",
        'can\'t parse InputMedia: type "poll" is unsupported',
        "message caption is too long",
      ].map(bad),
    );
    expect(ada.chat()).toHaveLength(1);
  });
});
