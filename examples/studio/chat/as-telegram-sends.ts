import type { AlbumItem } from "@likeness/grammy/testing";
import sharp from "sharp";
import type { SendAs } from "../protocol.ts";
import type { OutgoingFile } from "./chat.ts";

/** Maximum length of a photo's longer side, as in Telegram's apps. */
const longestSide = 1280;
const quality = 87;

/**
 * Converts a file as Telegram does: a photo is turned upright, scaled down and compressed, and loses its metadata. A
 * file that is not a picture is sent as a document, as the apps do.
 */
export async function asTelegramSends({ name, bytes }: OutgoingFile, as: SendAs): Promise<AlbumItem> {
  const photo = as === "photo" ? await compressed(bytes) : undefined;
  return photo ? { as: "photo", bytes: photo } : { as: "document", bytes, name, mimeType: typeOf(name) };
}

async function compressed(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    return await sharp(bytes)
      .autoOrient()
      .flatten({ background: "#fff" })
      .resize({ width: longestSide, height: longestSide, fit: "inside", withoutEnlargement: true })
      .jpeg({ quality })
      .toBuffer();
  } catch {
    return undefined;
  }
}

const types: Readonly<Record<string, string>> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  gif: "image/gif",
  heic: "image/heic",
  pdf: "application/pdf",
  txt: "text/plain",
};

/** The type by the file extension, as apps set it, regardless of the content. */
const typeOf = (name: string): string | undefined => types[name.toLowerCase().split(".").at(-1) ?? ""];
