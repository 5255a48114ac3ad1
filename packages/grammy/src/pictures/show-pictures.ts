import type { BlobStore, Log, Picture, StorageFailure, Store } from "@likeness/core";
import { noteChannelFile, openPicture } from "@likeness/core/use-cases";
import { err, errAsync, ok, okAsync, ResultAsync, safeTry } from "neverthrow";
import type { Captioned, MediaKind, SentMedia } from "../telegram/media.ts";
import type { TelegramProblem } from "../telegram/telegram-problem.ts";
import type { Text } from "../texts/text.ts";
import { fileName, fitsAsPhoto } from "./picture-file.ts";

/** What pictures are read from. */
export interface PicturePorts {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly log: Log;
}

/** A picture with its caption, and the name of its avatar, after which its file is named. */
export interface PictureItem {
  readonly picture: Picture;
  readonly said: Text;
  readonly avatarName: string;
}

/** A picture was removed, or its bytes are lost. */
export interface PictureGone {
  readonly type: "picture-gone";
}

export type ShowPicturesError = TelegramProblem | StorageFailure | PictureGone;

/** As what a picture is shown: as a document where it is too large for a photo, or was refused as one. */
export const kindOf = (picture: Picture): MediaKind =>
  fitsAsPhoto(picture) && !picture.channelFile?.startsWith(asDocument) ? "photo" : "document";

/** Begins the name of a file that was refused as a photo, and is a document at Telegram. No file id has a colon. */
const asDocument = "document:";

const fileIdOf = ({ channelFile }: Picture): string | undefined =>
  channelFile?.startsWith(asDocument) ? channelFile.slice(asDocument.length) : channelFile;

const beginningOf = { photo: "", document: asDocument } as const satisfies Record<MediaKind, string>;

/** Shows media, be it by sending or by editing. `undefined`: there is nothing to edit. */
type Show = (media: readonly Captioned[]) => ResultAsync<readonly SentMedia[] | undefined, TelegramProblem>;

/**
 * Shows pictures of one kind in the first way that Telegram accepts: by the files that it has, then by our bytes, then as
 * documents. Notes the files that it has now.
 */
export function showPictures(
  ports: PicturePorts,
  items: readonly [PictureItem, ...PictureItem[]],
  show: Show,
): ResultAsync<readonly SentMedia[] | undefined, ShowPicturesError> {
  const kind = kindOf(items[0].picture);
  return safeTry(async function* () {
    if (items.some(({ picture }) => picture.channelFile !== undefined)) {
      const shown = await show(yield* mediaOf(ports, kind, items, "known files"));
      if (shown.isOk()) return ok(shown.value);
      if (shown.error.type !== "refused") return err(shown.error);
      for (const { picture } of items) yield* note(ports, picture, undefined);
    }
    const shown = await show(yield* mediaOf(ports, kind, items, "bytes"));
    if (shown.isOk()) return noted(ports, items, shown.value, fitsAsPhoto(items[0].picture) ? beginningOf[kind] : "");
    if (shown.error.type !== "refused" || kind === "document") return err(shown.error);
    const pictureIds = items.map(({ picture }) => picture.id).join(" ");
    ports.log.warn({ key: pictureIds, detail: shown.error.detail }, "Telegram refused pictures as photos");
    const documents = yield* show(yield* mediaOf(ports, "document", items, "bytes"));
    return noted(ports, items, documents, asDocument);
  });
}

/** One after another, so that not all bytes are read where some files are known. */
const mediaOf = (
  ports: PicturePorts,
  kind: MediaKind,
  items: readonly PictureItem[],
  from: "known files" | "bytes",
): ResultAsync<readonly Captioned[], ShowPicturesError> =>
  safeTry(async function* () {
    const media: Captioned[] = [];
    for (const { picture, said, avatarName } of items) {
      const known = from === "known files" ? fileIdOf(picture) : undefined;
      media.push({ media: { kind, file: known ?? (yield* readPicture(ports, picture, avatarName)) }, said });
    }
    return ok(media);
  });

/** The stored bytes of a picture as a file, whose number is that of the picture among those of its avatar. */
export const readPicture = (
  ports: PicturePorts,
  picture: Picture,
  avatarName: string,
): ResultAsync<{ readonly bytes: Uint8Array; readonly name: string }, StorageFailure | PictureGone> =>
  safeTry(async function* () {
    const { id: pictureId, ownerId, avatarId } = picture;
    const { stream } = yield* openPicture(ports, { actor: ownerId, pictureId });
    const bytes = yield* read(stream);
    const place = yield* ports.store.pictures.positionOf({ ownerId, avatarId }, pictureId);
    // Counted from the oldest, so that the next picture does not change the names of the others.
    const number = place ? place.total - place.position + 1 : 1;
    return ok({ bytes, name: fileName(avatarName, number, picture) });
  }).orElse((error) => {
    if (error.type === "storage-failure") return errAsync(error);
    if (error.type === "blob-failure") return errAsync({ type: "storage-failure", cause: error.cause } as const);
    ports.log.warn(
      { key: picture.id, actor: picture.ownerId, error: error.type },
      "a picture cannot be shown any more",
    );
    return errAsync({ type: "picture-gone" } as const);
  });

const read = (stream: ReadableStream<Uint8Array>) =>
  ResultAsync.fromPromise(
    new Response(stream).arrayBuffer(),
    (cause) => ({ type: "blob-failure", cause }) as const,
  ).map((buffer) => new Uint8Array(buffer));

const noted = (
  ports: PicturePorts,
  items: readonly PictureItem[],
  shown: readonly SentMedia[] | undefined,
  beginning: string,
): ResultAsync<readonly SentMedia[] | undefined, never> =>
  safeTry(async function* () {
    for (const [index, { picture }] of items.entries()) {
      const fileId = shown?.[index]?.fileId;
      if (fileId !== undefined) yield* note(ports, picture, beginning + fileId);
    }
    return ok(shown);
  });

/** Errors are ignored: without its file, a picture is uploaded again. */
const note = (
  ports: PicturePorts,
  { id: pictureId, ownerId: actor }: Picture,
  channelFile: string | undefined,
): ResultAsync<void, never> =>
  noteChannelFile(ports, { actor, pictureId, channelFile })
    .map(() => undefined)
    .orElse(() => okAsync(undefined));
