import { err, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { placeOrders, type PlaceOrderError } from "../orders/place-order.ts";
import type { KindPorts } from "../orders/order-kind.ts";
import { idsOf, type ManifestEntry } from "../orders/order.ts";
import type { BlobFailure } from "../ports/blob-store.ts";
import type { CreditsFailure } from "../ports/credits.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { isTraining, modelIn } from "../trainings/training.ts";
import type { ImageOrder } from "./image-order.ts";
import { weightsFile } from "./image-snapshot.ts";
import { isPlacedAgain } from "./picture-set.ts";

export type PlaceAgainError = StorageFailure | BlobFailure | CreditsFailure;

/**
 * Places an order once more that ended unpaid because the provider could not read what it was sent by a link: our copy of
 * the avatar's weights is uploaded for it, and its source picture again. Its key makes it one, however often this runs.
 */
export function placeAgain(ports: KindPorts, order: ImageOrder): ResultAsync<void, PlaceAgainError> {
  if (!isPlacedAgain(order)) return okAsync(undefined);
  const { id, setId = id, kind, avatarId, ownerId: actor, idempotencyKey, snapshot } = order;
  return safeTry(async function* () {
    const weights = snapshot.weightsField === undefined ? [] : yield* weightsOf(ports, order);
    if (!weights) {
      ports.log.error(idsOf(order), "the provider cannot read the weights of an avatar, and there is no copy of ours");
      return ok(undefined);
    }
    const again = { ...snapshot, again: true as const, manifest: [...(snapshot.manifest ?? []), ...weights] };
    const command = { actor, avatarId, kind, setId };
    const placed = await placeOrders(
      ports,
      { ...command, orders: [{ orderId: ports.ids.next(), idempotencyKey: `${idempotencyKey}:again` }] },
      (_, avatar) => okAsync({ avatar, snapshots: [again] }),
    );
    if (placed.isOk()) return ok(undefined);
    if (mayPass(placed.error)) return err(placed.error);
    ports.log.warn({ ...idsOf(order), error: placed.error.type }, "a picture could not be ordered again");
    return ok(undefined);
  });
}

const mayPass = (error: PlaceOrderError): error is StorageFailure | CreditsFailure =>
  error.type === "storage-failure" || error.type === "credits-failure";

/** Our own copy of the weights; `undefined` when there is none. */
const weightsOf = (
  { store, blobs }: Pick<KindPorts, "store" | "blobs">,
  { snapshot }: ImageOrder,
): ResultAsync<ManifestEntry[] | undefined, StorageFailure | BlobFailure> =>
  safeTry(async function* () {
    const training = yield* store.orders.find(snapshot.trainingId);
    const blobKey = isTraining(training) ? modelIn(training.state)?.weights.blobKey : undefined;
    if (blobKey === undefined) return ok(undefined);
    const facts = await blobs.stat(blobKey);
    if (facts.isOk()) return ok([{ file: weightsFile, blobKey, bytes: facts.value.bytes }]);
    return facts.error.type === "blob-not-found" ? ok(undefined) : err(facts.error);
  });
