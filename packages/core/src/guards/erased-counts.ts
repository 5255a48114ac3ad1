import { ok, safeTry, type ResultAsync } from "neverthrow";
import { digestOf } from "../blobs/sha256.ts";
import type { Order } from "../orders/order.ts";
import { isTerminal } from "../orders/order-lifecycle.ts";
import type { PlacedCount } from "../ports/order-repository.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { startOfDay, type Timestamp } from "../values/timestamp.ts";
import { nextDay } from "./spending.ts";

type Guarded = Pick<Repositories, "guards">;

/**
 * Notes what erased orders count for the limits of their owner, because the provider is paid for them all the same: until
 * their day ends, and at once until the deadline of what was sent.
 */
export const noteErasedOrders = (
  { guards }: Guarded,
  now: Timestamp,
  orders: readonly Order[],
): ResultAsync<void, StorageFailure> =>
  safeTry(async function* () {
    for (const [id, [first, ...others]] of countedSets(orders)) {
      const { ownerId, createdAt: placedAt } = others.find((order) => order.id === id) ?? first;
      const activeUntil = [first, ...others].map(paidUntil).toSorted().at(-1) ?? "";
      const dayEnds = nextDay(placedAt);
      const keepUntil = activeUntil > dayEnds ? activeUntil : dayEnds;
      if (keepUntil <= now) continue;
      const ownerDigest = await digestOf(ownerId);
      const active = activeUntil > now && { activeUntil };
      yield* guards.noteErased({ id, ownerDigest, placedAt, ...active, keepUntil });
    }
    return ok(undefined);
  });

/** What an owner's erased orders count now. */
export const countErasedOrders = (
  { guards }: Guarded,
  now: Timestamp,
  ownerId: string,
): ResultAsync<PlacedCount, StorageFailure> =>
  safeTry(async function* () {
    return guards.countErased(await digestOf(ownerId), { placedSince: startOfDay(now), activeAfter: now });
  });

/** A set counts once. */
function countedSets(orders: readonly Order[]): Map<string, [Order, ...Order[]]> {
  const sets = new Map<string, [Order, ...Order[]]>();
  for (const order of orders) {
    if (order.uncounted) continue;
    const { id, setId = id } = order;
    const known = sets.get(setId);
    if (known) known.push(order);
    else sets.set(setId, [order]);
  }
  return sets;
}

/** Until when the provider may work for an order; empty: it has ended, or was never sent. */
const paidUntil = ({ state, deadlineAt = "" }: Order): string =>
  isTerminal(state.status) || state.status === "requested" ? "" : deadlineAt;
