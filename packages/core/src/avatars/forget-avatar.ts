import { ok, safeTry, type ResultAsync } from "neverthrow";
import { settlementOf } from "../credits/capture-or-release.ts";
import { digestOf } from "../blobs/sha256.ts";
import { noteErasedOrders } from "../guards/erased-counts.ts";
import { settleJob } from "../credits/open-holds.ts";
import { outcomeIn, requestOf, type Order } from "../orders/order.ts";
import { outcomeBlobKeys } from "../orders/outcome.ts";
import type { Photo } from "../photos/photo.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { withoutUndefined } from "../values/without-undefined.ts";
import type { Avatar } from "./avatar.ts";

/** What an avatar had, when its rows were deleted. */
export interface Forgotten {
  readonly photos: readonly Photo[];
  readonly orders: readonly Order[];
  /** Keys of its blobs, which other rows may need too. */
  readonly blobKeys: readonly string[];
}

/**
 * Deletes the rows of an avatar, remembers the ids of its orders, and captures or releases the credits of those that had
 * work left. The caller holds the avatar, and takes care of bytes and provider.
 */
export function forgetAvatar(
  tx: Repositories,
  ports: Pick<Ports, "clock" | "kinds">,
  { id: avatarId }: Pick<Avatar, "id">,
): ResultAsync<Forgotten, StorageFailure> {
  return safeTry(async function* () {
    const photos = yield* tx.photos.listByAvatar(avatarId);
    const orders = yield* tx.orders.listByAvatar(avatarId);
    yield* tx.avatars.delete(avatarId);
    const erasedAt = ports.clock.now();
    yield* noteErasedOrders(tx, erasedAt, orders);
    for (const order of orders) {
      const request = requestOf(order);
      const requestId = request && (await digestOf(request.requestId));
      const { endpoint } = order.snapshot;
      yield* tx.erasures.noteOrder({ orderId: order.id, endpoint, ...withoutUndefined({ requestId }), erasedAt });
      yield* settle(tx, ports, order);
    }
    return ok({ photos, orders, blobKeys: blobKeysOf(photos, orders) });
  });
}

function settle(
  { jobs }: Pick<Repositories, "jobs">,
  ports: Pick<Ports, "kinds">,
  order: Order,
): ResultAsync<void, StorageFailure> {
  return safeTry(async function* () {
    const settlement = settlementOf(ports, order);
    if (!mayHoldCredits(order) || settlement === "never") return ok(undefined);
    const { id: orderId } = order;
    // What is not known yet will never be shown.
    const outcome = settlement === "later" ? "release" : settlement;
    return jobs.enqueue(settleJob(orderId, outcome));
  });
}

/** While an order has work left to do, its credits may be neither captured nor released yet. */
const mayHoldCredits = ({ nextCheckAt }: Order): boolean => nextCheckAt !== undefined;

function blobKeysOf(photos: readonly Photo[], orders: readonly Order[]): string[] {
  const ofPhotos = photos.flatMap(({ state }) => (state.status === "accepted" ? [state.blobKey] : []));
  const ofOrders = orders.flatMap(({ snapshot, state }) => {
    const outcome = outcomeIn(state);
    return [...(snapshot.manifest ?? []).map(({ blobKey }) => blobKey), ...(outcome ? outcomeBlobKeys(outcome) : [])];
  });
  return [...new Set([...ofPhotos, ...ofOrders])];
}
