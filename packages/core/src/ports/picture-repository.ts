import type { ResultAsync } from "neverthrow";
import type { Picture, PictureFilter, PicturePosition } from "../images/picture.ts";
import type { SaveError, StorageFailure } from "./storage-errors.ts";

export interface PicturePage {
  /** At most this many. */
  readonly limit: number;
  /**
   * Only pictures that are older than this one, which need not be among those of the filter; none if it is gone. Absent:
   * from the newest on.
   */
  readonly olderThan?: string | undefined;
}

/** Pictures are ordered by `createdAt` and then `id`, newest first. */
export interface PictureRepository {
  find(id: string): ResultAsync<Picture | undefined, StorageFailure>;
  /** Those of these ids that are there, in any order. */
  findMany(ids: readonly string[]): ResultAsync<Picture[], StorageFailure>;
  /** Inserts at version 0, otherwise replaces exactly the version it was read at. Returns it with the new version. */
  save(picture: Picture): ResultAsync<Picture, SaveError>;
  /** Succeeds if there is no such picture. */
  delete(id: string): ResultAsync<void, StorageFailure>;
  list(filter: PictureFilter, page: PicturePage): ResultAsync<Picture[], StorageFailure>;
  /** `undefined` when the picture is not among those of the filter. */
  positionOf(filter: PictureFilter, id: string): ResultAsync<PicturePosition | undefined, StorageFailure>;
}
