import { ok, type Result } from "neverthrow";
import type { Message } from "grammy/types";
import { documentOf } from "../person/document-of.ts";
import { photoSizes, storeFile, storePhoto } from "../state/files.ts";
import { pictureSize } from "../state/picture-size.ts";
import type { FileRecord } from "../state/telegram-snapshot.ts";
import type { World } from "../state/world.ts";
import type { BotCall, Upload } from "../wire/calls.ts";
import { refuse, type Refusal } from "../wire/refusal.ts";
import { mimeTypeOf } from "./mime-type.ts";

export type MediaKind = "photo" | "document";

/** Media that may be sent. Nothing is stored before the whole call is validated. */
export type Media = () => Pick<Message, MediaKind>;

/** A file of a call: an upload, or one that Telegram has already. The fake never fetches URLs. */
export function readMedia(
  world: World,
  { uploads }: Pick<BotCall, "uploads">,
  kind: MediaKind,
  named: unknown,
): Result<Media, Refusal> {
  const value = typeof named === "string" ? named : "";
  const part = value.startsWith("attach://") ? value.slice("attach://".length) : value === "" ? kind : undefined;
  const upload = part === undefined ? undefined : uploads.get(part);
  if (upload) return readUpload(world, kind, upload);
  if (value === "" || value.startsWith("attach://")) return refuse(400, `there is no ${kind} in the request`);
  // No id has a dot in it.
  if (value.includes(".")) return refuse(400, "failed to get HTTP URL content");
  const file = world.state.files[value];
  if (!file || file.lost) return refuse(400, "wrong file identifier/HTTP URL specified");
  return file.kind === kind ? ok(() => messageOf(world, file)) : refuse(400, wrongKind(file.kind, kind));
}

const wrongKind = (is: FileRecord["kind"], as: MediaKind): string =>
  `can't use file of type ${typeName[is]} as ${typeName[as]}`;

const typeName = {
  photo: "Photo",
  document: "Document",
  voice: "VoiceNote",
  video: "Video",
  sticker: "Sticker",
} as const satisfies Record<FileRecord["kind"], string>;

function readUpload(world: World, kind: MediaKind, { name, bytes }: Upload): Result<Media, Refusal> {
  if (bytes.length === 0) return refuse(400, "file must be non-empty");
  if (kind === "document") {
    const facts = { kind, name, mimeType: mimeTypeOf(name) };
    return ok(() => messageOf(world, storeFile(world, facts, { bytes })));
  }
  const problem = objectionToPhoto(bytes);
  return problem === undefined ? ok(() => ({ photo: [...storePhoto(world, bytes)] })) : refuse(400, problem);
}

const largestPhoto = 10 * 1024 * 1024;

/** https://core.telegram.org/bots/api#sendphoto */
function objectionToPhoto(bytes: Uint8Array): string | undefined {
  if (bytes.length > largestPhoto) {
    return `file of size ${bytes.length} bytes is too big for a photo; the maximum size is ${largestPhoto} bytes`;
  }
  const size = pictureSize(bytes);
  if (!size || size.width < 1 || size.height < 1) return "IMAGE_PROCESS_FAILED";
  const { width, height } = size;
  const isOdd = width + height > 10_000 || Math.max(width, height) / Math.min(width, height) > 20;
  return isOdd ? "PHOTO_INVALID_DIMENSIONS" : undefined;
}

const messageOf = (world: World, file: FileRecord): Pick<Message, MediaKind> =>
  file.kind === "photo" ? { photo: [...photoSizes(world, file)] } : { document: documentOf(file) };
