import { err, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { placeOrders, type PlaceOrderError } from "../orders/place-order.ts";
import type { KindPorts } from "../orders/order-kind.ts";
import { idsOf } from "../orders/order.ts";
import type { BlobFailure } from "../ports/blob-store.ts";
import type { CreditsFailure } from "../ports/credits.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { addSeconds, type Timestamp } from "../values/timestamp.ts";
import type { ImageOrder, ImageSnapshot } from "./image-order.ts";
import { weightsInput } from "./image-snapshot.ts";
import { isPlacedAgain } from "./picture-set.ts";
import { freshLink } from "./weights-link.ts";

export type PlaceAgainError = StorageFailure | BlobFailure | CreditsFailure;

const waitSeconds = 5;

/**
 * Places an order once more that ended unpaid because the provider could not read what it was sent by a link: with a fresh
 * link to the avatar's weights, and its source picture is uploaded again. Its key makes it one, however often this runs.
 * Returns when to try again, while the link is not there.
 */
export function placeAgain(ports: KindPorts, order: ImageOrder): ResultAsync<Timestamp | undefined, PlaceAgainError> {
  if (!isPlacedAgain(order)) return okAsync(undefined);
  const { id, setId = id, kind, avatarId, ownerId: actor, provider, idempotencyKey } = order;
  const { createdAt, uncounted, snapshot } = order;
  return safeTry(async function* () {
    const now = ports.clock.now();
    const deadline = addSeconds(createdAt, ports.policy.imageDeadlineSeconds);
    const link = snapshot.weightsField === undefined ? undefined : yield* freshLink(ports, order);
    if (link?.type === "later" && now < deadline) {
      const next = addSeconds(now, waitSeconds);
      return ok(next < deadline ? next : deadline);
    }
    if (link && link.type !== "ready") {
      ports.log.error(idsOf(order), "the provider cannot read the weights of an avatar, nor a copy of ours");
      return ok(undefined);
    }
    const again = { ...withWeights(snapshot, link?.url), again: true as const };
    const command = { actor, avatarId, kind, setId, uncounted, unguarded: true as const };
    const placed = await placeOrders(
      ports,
      { ...command, orders: [{ orderId: ports.ids.next(), idempotencyKey: `${idempotencyKey}:again` }] },
      (_, avatar) => okAsync({ avatar, snapshots: [again], provider }),
    );
    if (placed.isOk()) return ok(undefined);
    if (mayPass(placed.error)) return err(placed.error);
    ports.log.warn({ ...idsOf(order), error: placed.error.type }, "a picture could not be ordered again");
    return ok(undefined);
  });
}

function withWeights(snapshot: ImageSnapshot, url: string | undefined): ImageSnapshot {
  const { input, scale = 1 } = snapshot;
  return url === undefined ? snapshot : { ...snapshot, input: { ...input, ...weightsInput(snapshot, url, scale) } };
}

const mayPass = (error: PlaceOrderError): error is StorageFailure | CreditsFailure =>
  error.type === "storage-failure" || error.type === "credits-failure";
