import { err, ok, type ResultAsync } from "neverthrow";
import type { BlobFailure, BlobNotFound } from "../ports/blob-store.ts";
import type { PicturePage } from "../ports/picture-repository.ts";
import type { Ports } from "../ports/ports.ts";
import type { SaveError, StorageFailure } from "../ports/storage-errors.ts";
import { atomically } from "../ports/atomically.ts";
import { withoutUndefined } from "../values/without-undefined.ts";
import { ownPicture, type PictureCommand, type PictureNotFound } from "./own-picture.ts";
import { readSet, type PictureSet } from "./picture-set.ts";
import type { Picture, PictureFilter, PicturePosition } from "./picture.ts";

/** Which of the actor's pictures: those of all avatars or of one, all or the favourites. */
export interface PictureChoice {
  /** Owner id of the person who asks, e.g. `telegram:42`. */
  readonly actor: string;
  readonly avatarId?: string | undefined;
  readonly favourites?: true | undefined;
}

export interface ListPictures extends PictureChoice {
  /** 1 to 100; 20 when absent. */
  readonly limit?: number | undefined;
  /** The last picture of the page before; absent: the first page. */
  readonly olderThan?: string | undefined;
}

const filterOf = ({ actor: ownerId, avatarId, favourites }: PictureChoice): PictureFilter => ({
  ownerId,
  ...withoutUndefined({ avatarId, favourites }),
});

/** The actor's pictures, newest first. */
export function listPictures(
  { store }: Pick<Ports, "store">,
  { limit = 20, olderThan, ...choice }: ListPictures,
): ResultAsync<Picture[], StorageFailure> {
  const page: PicturePage = { limit: Math.min(100, Math.max(1, Math.floor(limit))), olderThan };
  return store.pictures.list(filterOf(choice), page);
}

export interface ViewPicture extends PictureChoice {
  readonly pictureId: string;
}

export interface PictureView extends PicturePosition {
  readonly picture: Picture;
}

/** One of the actor's pictures, and where it stands among the chosen ones. */
export const viewPicture = (
  { store }: Pick<Ports, "store">,
  { pictureId, ...choice }: ViewPicture,
): ResultAsync<PictureView, PictureNotFound | StorageFailure> =>
  ownPicture(store, { actor: choice.actor, pictureId }).andThen((picture) =>
    store.pictures
      .positionOf(filterOf(choice), pictureId)
      .andThen((position) =>
        position ? ok({ ...position, picture }) : err({ type: "picture-not-found", pictureId } as const),
      ),
  );

export interface OpenedPicture {
  readonly picture: Picture;
  /** The stored bytes: marked, and never encoded again. */
  readonly stream: ReadableStream<Uint8Array>;
}

export type OpenPictureError = PictureNotFound | BlobNotFound | BlobFailure | StorageFailure;

/** The file of one of the actor's pictures. */
export const openPicture = (
  { store, blobs }: Pick<Ports, "store" | "blobs">,
  command: PictureCommand,
): ResultAsync<OpenedPicture, OpenPictureError> =>
  ownPicture(store, command).andThen((picture) => blobs.get(picture.blobKey).map((stream) => ({ picture, stream })));

export interface FavourPicture extends PictureCommand {
  readonly favourite: boolean;
}

export type ChangePictureError = PictureNotFound | StorageFailure;

/** Makes a picture a favourite, or none any more. */
export const favourPicture = (
  ports: Pick<Ports, "store">,
  { favourite, ...command }: FavourPicture,
): ResultAsync<Picture, ChangePictureError> => changePicture(ports, command, { favourite });

export interface NoteChannelFile extends PictureCommand {
  /** The channel's own name for its copy; absent: that copy is no longer valid. */
  readonly channelFile?: string | undefined;
}

/** Notes by which name the channel can show the picture again without its bytes. */
export const noteChannelFile = (
  ports: Pick<Ports, "store">,
  { channelFile, ...command }: NoteChannelFile,
): ResultAsync<Picture, ChangePictureError> => changePicture(ports, command, { channelFile });

const changePicture = (
  { store }: Pick<Ports, "store">,
  command: PictureCommand,
  change: Partial<Pick<Picture, "favourite" | "channelFile">>,
): ResultAsync<Picture, ChangePictureError> =>
  atomically<Picture, PictureNotFound | SaveError>(store, (tx) =>
    ownPicture(tx, command).andThen((picture) => tx.pictures.save({ ...picture, ...change })),
  );

/** There is no such set, or it belongs to another owner: the answer is the same. */
export interface SetNotFound {
  readonly type: "set-not-found";
  readonly setId: string;
}

export interface SetCommand {
  /** Owner id of the person who asks, e.g. `telegram:42`. */
  readonly actor: string;
  readonly setId: string;
}

/** One of the actor's sets, with what has become of each picture by now. */
export const viewSet = (
  { store }: Pick<Ports, "store">,
  { actor, setId }: SetCommand,
): ResultAsync<PictureSet, SetNotFound | StorageFailure> =>
  readSet(store, setId).andThen((set) =>
    set?.ownerId === actor ? ok(set) : err({ type: "set-not-found", setId } as const),
  );
