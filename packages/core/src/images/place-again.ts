import { err, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { placeOrders } from "../orders/place-order.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { isTraining, modelIn } from "../trainings/training.ts";
import { idsOf } from "../orders/order.ts";
import type { ImageOrder } from "./image-order.ts";
import { weightsFile } from "./image-snapshot.ts";
import { isPlacedAgain } from "./picture-set.ts";

/**
 * Places an order once more that ended unpaid because the provider could not read the avatar's weights by its own link:
 * our copy of the weights is uploaded for it. Its key makes it one, however often this runs.
 */
export function placeAgain(ports: Ports, order: ImageOrder): ResultAsync<void, StorageFailure> {
  if (!isPlacedAgain(order)) return okAsync(undefined);
  const { id, setId = id, kind, avatarId, ownerId: actor, idempotencyKey, snapshot } = order;
  return safeTry(async function* () {
    const training = yield* ports.store.orders.find(snapshot.trainingId);
    const weights = isTraining(training) ? modelIn(training.state)?.weights : undefined;
    const facts = weights?.blobKey === undefined ? undefined : await ports.blobs.stat(weights.blobKey);
    if (weights?.blobKey === undefined || !facts?.isOk()) {
      ports.log.error(idsOf(order), "the provider cannot read the weights of an avatar, and there is no copy of ours");
      return ok(undefined);
    }
    const entry = { file: weightsFile, blobKey: weights.blobKey, bytes: facts.value.bytes };
    const again = { ...snapshot, manifest: [...(snapshot.manifest ?? []), entry] };
    const orders = [{ orderId: ports.ids.next(), idempotencyKey: `${idempotencyKey}:weights` }] as const;
    const placed = await placeOrders(ports, { actor, avatarId, kind, setId, orders: [...orders] }, (_, avatar) =>
      okAsync({ avatar, snapshots: [again] }),
    );
    if (placed.isErr()) {
      if (placed.error.type === "storage-failure") return err(placed.error);
      ports.log.warn({ ...idsOf(order), error: placed.error.type }, "a picture could not be ordered again");
    }
    return ok(undefined);
  });
}
