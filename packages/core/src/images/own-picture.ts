import { err, ok, type ResultAsync } from "neverthrow";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import type { Picture } from "./picture.ts";

/** There is no such picture, or it belongs to another owner: the answer is the same. */
export interface PictureNotFound {
  readonly type: "picture-not-found";
  readonly pictureId: string;
}

export interface PictureCommand {
  /** Owner id of the person who asks, e.g. `telegram:42`. */
  readonly actor: string;
  readonly pictureId: string;
}

export const ownPicture = (
  { pictures }: Pick<Repositories, "pictures">,
  { actor, pictureId }: PictureCommand,
): ResultAsync<Picture, PictureNotFound | StorageFailure> =>
  pictures
    .find(pictureId)
    .andThen((picture) =>
      picture?.ownerId === actor ? ok(picture) : err({ type: "picture-not-found", pictureId } as const),
    );
