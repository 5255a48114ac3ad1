import { createHash } from "node:crypto";
import type { PhotoSize } from "grammy/types";
import { pictureSize, type PictureSize } from "./picture-size.ts";
import type { FileRecord, FileTrouble } from "./telegram-snapshot.ts";
import { withoutUndefined } from "./without-undefined.ts";
import type { World } from "./world.ts";

export type FileContent = { readonly bytes: Uint8Array } | { readonly size: number };

export type FileFacts = Pick<FileRecord, "kind" | "name" | "mimeType" | "width" | "height">;

/** The first characters of a real `file_id` tell the kind, too. */
const idPrefix = {
  photo: "AgAC",
  document: "BQAC",
  voice: "AwAC",
  video: "BAAC",
  sticker: "CAAC",
} as const satisfies Record<FileRecord["kind"], string>;

/** Keeps a file. Each upload is a file of its own, even with the same bytes. */
export function storeFile({ state, bytes }: World, facts: FileFacts, content: FileContent): FileRecord {
  const seed = `${state.bot.id}:${state.next.file++}`;
  const id = createHash("sha384").update(seed).digest("base64url");
  const digest = "bytes" in content ? sha256(content.bytes) : undefined;
  if ("bytes" in content && digest !== undefined) bytes.set(digest, Uint8Array.from(content.bytes));
  const file = withoutUndefined<FileRecord>({
    ...facts,
    fileId: `${idPrefix[facts.kind]}${id.slice(0, 48)}`,
    fileUniqueId: `AQAD${id.slice(48, 60)}`,
    size: "bytes" in content ? content.bytes.length : content.size,
    digest,
  });
  state.files[file.fileId] = file;
  return file;
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** What a photo measures if its header cannot be read. */
const someSize: PictureSize = { width: 960, height: 1280 };

/**
 * Keeps a photo in two sizes. Telegram shrinks and re-encodes photos; here the larger size has the bytes as they are,
 * and the smaller one is always the same grey square, so that a bot that takes the wrong size is noticed.
 */
export function storePhoto(world: World, bytes: Uint8Array): readonly PhotoSize[] {
  const { width, height } = pictureSize(bytes) ?? someSize;
  const scale = 90 / Math.max(width, height, 90);
  const small = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  const kind = "photo";
  const files = [
    storeFile(world, { kind, ...small }, { bytes: greySquare }),
    storeFile(world, { kind, width, height }, { bytes }),
  ];
  const sizes = files.map(({ fileId }) => fileId);
  for (const file of files) world.state.files[file.fileId] = { ...file, sizes };
  return files.map(photoSize);
}

/** All sizes of the photo that a size belongs to. */
export const photoSizes = ({ state }: World, { sizes = [] }: FileRecord): readonly PhotoSize[] =>
  sizes.flatMap((fileId) => state.files[fileId] ?? []).map(photoSize);

const photoSize = ({ fileId, fileUniqueId, size, width = 0, height = 0 }: FileRecord): PhotoSize => ({
  file_id: fileId,
  file_unique_id: fileUniqueId,
  file_size: size,
  width,
  height,
});

/** Breaks or repairs a file; for a photo, all its sizes. */
export function setTrouble({ state }: World, fileId: string, trouble: FileTrouble | undefined): void {
  const file = state.files[fileId];
  if (!file) throw new Error(`There is no file ${fileId}`);
  for (const id of file.sizes ?? [fileId]) {
    const one = state.files[id];
    if (one) state.files[id] = withoutUndefined({ ...one, trouble });
  }
}

/** Makes the id of a file unknown to calls; for a photo, those of all its sizes. Messages still show it. */
export function loseFile({ state }: World, fileId: string): void {
  const file = state.files[fileId];
  if (!file) throw new Error(`There is no file ${fileId}`);
  for (const id of file.sizes ?? [fileId]) {
    const one = state.files[id];
    if (one) state.files[id] = { ...one, lost: true };
  }
}

const greySquare = Uint8Array.from(
  Buffer.from(
    "/9j/2wBDACgoKCgrKC0yMi0/RDxEP11VTk5VXYxkbGRsZIzVhZuFhZuF1bzkua255Lz//+vr////////////////////////2wBDASgoKCgrKC0yMi0/" +
      "RDxEP11VTk5VXYxkbGRsZIzVhZuFhZuF1bzkua255Lz//+vr////////////////////////wgARCAAIAAgDASIAAhEBAxEB/8QAFAABAAAAAAAAAAAA" +
      "AAAAAAAAAP/EABQBAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhADEAAAAAP/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAE/AH//xAAUEQEAAAAA" +
      "AAAAAAAAAAAAAAAA/9oACAECAQE/AH//xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oACAEDAQE/AH//2Q==",
    "base64",
  ),
);
