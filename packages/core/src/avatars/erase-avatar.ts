import { ok, safeTry, type ResultAsync } from "neverthrow";
import { settlementOf } from "../credits/capture-or-release.ts";
import { settleJob } from "../credits/open-holds.ts";
import type { AvatarNotFound } from "../errors.ts";
import { jobKinds } from "../jobs/job-kinds.ts";
import { discardJob } from "../jobs/jobs.ts";
import type { Photo } from "../photos/photo.ts";
import { atomically } from "../ports/atomically.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { cancelErased, eraseTraces } from "../orders/erase-at-provider.ts";
import { outcomeIn, type Order } from "../orders/order.ts";
import { outcomeBlobKeys } from "../orders/outcome.ts";
import { addSeconds } from "../values/timestamp.ts";
import { holdOwnAvatar, ownAvatar, type AvatarCommand } from "./own-avatar.ts";
import { chooseMain } from "./set-main-avatar.ts";

/** How long after an erasure a sweep wipes the store. */
const wipeSeconds = 5;

export type EraseAvatarError = AvatarNotFound | StorageFailure;

/**
 * Erases an avatar with its photos, orders, models and deliveries, both rows and bytes. An order under way is
 * cancelled at the provider if possible, and the provider is asked to erase its data; what it reports later finds no
 * row and changes nothing. If the avatar was the owner's main one, another one that has a model becomes the main one.
 */
export function eraseAvatar(
  ports: Pick<Ports, "store" | "provider" | "clock" | "policy" | "kinds" | "log">,
  command: AvatarCommand,
): ResultAsync<void, EraseAvatarError> {
  const { store } = ports;
  const { avatarId } = command;
  return safeTry(async function* () {
    yield* ownAvatar(store, command);
    for (const order of yield* store.orders.listByAvatar(avatarId))
      if (order.state.status === "submitted") yield* cancelErased(ports, order);
    return atomically(store, (tx) =>
      safeTry(async function* () {
        yield* holdOwnAvatar(tx, command);
        const orders = yield* tx.orders.listByAvatar(avatarId);
        const keys = blobKeys(yield* tx.photos.listByAvatar(avatarId), orders);
        yield* tx.avatars.delete(avatarId);
        yield* chooseMain(tx, command.actor);
        yield* tx.jobs.enqueue(discardJob(avatarId, keys));
        // Delayed, so that the deliveries being processed now are settled by then and this sweep wipes their bodies
        // too.
        const runAt = addSeconds(ports.clock.now(), wipeSeconds);
        yield* tx.jobs.enqueue({ kind: jobKinds.sweep, key: `wipe:${avatarId}`, payload: null, runAt });
        yield* eraseTraces(tx, ports, orders);
        for (const order of orders.filter(mayHoldCredits)) {
          const settlement = settlementOf(ports, order);
          if (settlement === "never") continue;
          const { id: orderId } = order;
          // What is not known yet will never be shown.
          const outcome = settlement === "later" ? "release" : settlement;
          yield* tx.jobs.enqueue(settleJob(orderId, outcome));
        }
        return ok(undefined);
      }),
    );
  });
}

/** While an order has work left to do, its credits may be neither captured nor released yet. */
const mayHoldCredits = ({ nextCheckAt }: Order): boolean => nextCheckAt !== undefined;

function blobKeys(photos: readonly Photo[], orders: readonly Order[]): string[] {
  const ofPhotos = photos.flatMap(({ state }) => (state.status === "accepted" ? [state.blobKey] : []));
  const ofOrders = orders.flatMap(({ snapshot, state }) => {
    const outcome = outcomeIn(state);
    return [...(snapshot.manifest ?? []).map(({ blobKey }) => blobKey), ...(outcome ? outcomeBlobKeys(outcome) : [])];
  });
  return [...new Set([...ofPhotos, ...ofOrders])];
}
