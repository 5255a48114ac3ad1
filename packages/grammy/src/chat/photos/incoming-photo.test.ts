import type { Message } from "grammy/types";
import { describe, expect, it } from "vitest";
import { incomingPhoto } from "./incoming-photo.ts";

const message = (content: Partial<Message>): Message => ({
  message_id: 312,
  date: 1_795_406_921,
  chat: { id: 42, type: "private", first_name: "Ada" },
  ...content,
});

const size = (file_id: string, width: number, height: number) => ({
  file_id,
  file_unique_id: `unique ${file_id}`,
  width,
  height,
  file_size: width * height,
});

const document = { file_id: "file", file_unique_id: "unique file", file_name: "IMG_1.HEIC", file_size: 2_210_456 };

describe("incomingPhoto", () => {
  it("takes the largest size of a photo, wherever it stands", () => {
    const photo = [size("middle", 320, 427), size("large", 960, 1280), size("small", 67, 90)];
    expect(incomingPhoto(message({ photo }))).toStrictEqual({ fileId: "large", messageId: 312, bytes: 1_228_800 });
  });

  it("takes the last one of sizes that measure the same", () => {
    const photo = [size("thumbnail", 64, 80), size("original", 64, 80)];
    expect(incomingPhoto(message({ photo }))).toMatchObject({ fileId: "original" });
  });

  it("takes a document as it is, with its album", () => {
    expect(incomingPhoto(message({ document, media_group_id: "13947201998" }))).toStrictEqual({
      fileId: "file",
      messageId: 312,
      bytes: 2_210_456,
      mediaGroupId: "13947201998",
    });
  });

  it("goes without a size that Telegram does not state", () => {
    const { file_size: _unknown, ...unstated } = document;
    expect(incomingPhoto(message({ document: unstated }))).toStrictEqual({ fileId: "file", messageId: 312 });
  });

  it("takes neither a text nor a GIF, which has a document beside it", () => {
    const animation = { ...document, width: 320, height: 240, duration: 2 };
    expect(incomingPhoto(message({ text: "hello" }))).toBeUndefined();
    expect(incomingPhoto(message({ animation, document }))).toBeUndefined();
  });
});
