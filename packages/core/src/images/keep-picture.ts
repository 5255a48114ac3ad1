import { ok, safeTry, type ResultAsync } from "neverthrow";
import { outcomeIn } from "../orders/order.ts";
import type { PictureType } from "../ports/picture-inspector.ts";
import type { SaveError } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { addSeconds } from "../values/timestamp.ts";
import type { ImageOrder } from "./image-order.ts";

/** Stores the picture of an order whose outcome has been copied, also of a late one. Safe to repeat. */
export const keepPicture = (tx: Repositories, order: ImageOrder): ResultAsync<void, SaveError> =>
  safeTry(async function* () {
    const { id, setId = id, avatarId, ownerId, snapshot, createdAt } = order;
    const file = outcomeIn(order.state)?.picture;
    if (file?.blobKey === undefined || (yield* tx.pictures.find(id))) return ok(undefined);
    const { blobKey, bytes = 0, contentType, width = 0, height = 0 } = file;
    yield* tx.pictures.save({
      id,
      setId,
      avatarId,
      ownerId,
      plan: snapshot.plan,
      blobKey,
      bytes,
      contentType: contentType as PictureType,
      width,
      height,
      favourite: false,
      // The orders of a set have the same time; a gallery shows its pictures in their order.
      createdAt: addSeconds(createdAt, -snapshot.place / 1_000),
      version: 0,
    });
    return ok(undefined);
  });
