import { ok, safeTry, type ResultAsync } from "neverthrow";
import { discardJob } from "../jobs/jobs.ts";
import { holdOrder } from "../orders/change-order.ts";
import { eraseTraces } from "../orders/erase-at-provider.ts";
import { hasEnded, withOutcome } from "../orders/order-lifecycle.ts";
import { atomically } from "../ports/atomically.ts";
import type { BoundPorts } from "../ports/ports.ts";
import type { SaveError, StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import type { Order, OrderSnapshot } from "../orders/order.ts";
import { isImageOrder, type ImageSnapshot } from "./image-order.ts";
import { ownPicture, type PictureCommand, type PictureNotFound } from "./own-picture.ts";

export type RemovePictureError = PictureNotFound | StorageFailure;

/**
 * Removes a picture with its bytes, here and, where that can erase, at the provider. Its order stays, because it was paid
 * for, without a result and without its owner's words.
 */
export const removePicture = (
  ports: Pick<BoundPorts, "store" | "provider" | "clock" | "policy">,
  command: PictureCommand,
): ResultAsync<void, RemovePictureError> =>
  atomically<void, PictureNotFound | SaveError>(ports.store, (tx) =>
    safeTry(async function* () {
      const { pictureId } = command;
      yield* ownPicture(tx, command);
      const order = yield* holdOrder(tx, pictureId);
      // Read again, because it may have been removed before the avatar was held.
      const { blobKey } = yield* ownPicture(tx, command);
      yield* tx.pictures.delete(pictureId);
      if (order && hasEnded(order.state))
        yield* tx.orders.save({ ...order, snapshot: wordless(order.snapshot), state: withOutcome(order.state, {}) });
      if (order) yield* forgetWords(tx, order);
      yield* tx.jobs.enqueue(discardJob(pictureId, [blobKey]));
      if (order) yield* eraseTraces(tx, ports, [order]);
      return ok(undefined);
    }),
  );

/** Of an order that was placed again, the first one has the same words. */
const forgetWords = (tx: Repositories, { id, setId = id, snapshot }: Order): ResultAsync<void, SaveError> =>
  safeTry(async function* () {
    const { place } = snapshot as ImageSnapshot;
    const before = (yield* tx.orders.listBySet(setId)).filter(isImageOrder).filter((other) => other.id !== id);
    for (const other of before.filter(({ snapshot: its, state }) => its.place === place && hasEnded(state)))
      yield* tx.orders.save({ ...other, snapshot: wordless(other.snapshot) });
    return ok(undefined);
  });

function wordless({ input: _input, ...snapshot }: OrderSnapshot): OrderSnapshot {
  const { words: _words, ...plan } = (snapshot as ImageSnapshot).plan;
  return { ...snapshot, input: {}, plan, prompt: "" } as ImageSnapshot;
}
