import { err, ok, safeTry, type ResultAsync } from "neverthrow";
import type { Avatar } from "../avatars/avatar.ts";
import { holdOwnAvatar, ownAvatar, type AvatarCommand } from "../avatars/own-avatar.ts";
import type { AvatarNotFound } from "../errors.ts";
import { jobKinds } from "../jobs/job-kinds.ts";
import { orderJob } from "../jobs/jobs.ts";
import { atomically } from "../ports/atomically.ts";
import type { CreditsFailure, CreditsRefused } from "../ports/credits.ts";
import type { Ports } from "../ports/ports.ts";
import type { SaveError, StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { addSeconds } from "../values/timestamp.ts";
import { idsOf, type Order, type OrderSnapshot } from "./order.ts";

export interface PlaceOrder extends AvatarCommand {
  readonly kind: string;
  /** Unique in the store: the same key is the same order, however often the command is repeated. */
  readonly idempotencyKey: string;
  readonly orderId: string;
}

interface Tagged {
  readonly type: string;
}

/** What is ordered, and the avatar as it is after that. */
export interface Plan {
  readonly snapshot: OrderSnapshot;
  readonly avatar: Avatar;
}

export type PlaceOrderError = AvatarNotFound | CreditsRefused | CreditsFailure | StorageFailure;

export type PlacePorts = Pick<Ports, "store" | "provider" | "credits" | "policy" | "clock" | "ids" | "log">;

/** Reads what the order is made from, and checks whether it may be placed. It runs again in the transaction. */
export type PlanOrder<E extends Tagged> = (
  repositories: Pick<Repositories, "photos">,
  avatar: Avatar,
) => ResultAsync<Plan, E>;

/**
 * Places a paid order: reserves the credits, then stores the order with the job that submits it. Nothing is paid before
 * that job runs. The same command twice, even at once, makes one order, and both callers get that order.
 */
export function placeOrder<E extends Tagged>(
  ports: PlacePorts,
  command: PlaceOrder,
  plan: PlanOrder<E>,
): ResultAsync<Order, E | PlaceOrderError> {
  const { store, credits, log } = ports;
  const { orderId } = command;
  return safeTry(async function* () {
    const avatar = yield* ownAvatar(store, command);
    const known = yield* knownOrder(store, command);
    if (known) return ok(known);

    const { snapshot } = yield* plan(store, avatar);
    const planned = requested(ports, command, avatar, snapshot);
    const reserved = await credits.reserve(planned);
    if (reserved.isErr()) {
      // The same command may have run twice at once, and the other one has reserved the credits.
      const twin = yield* knownOrder(store, command);
      if (twin) return ok(twin);
      yield* plan(store, yield* ownAvatar(store, command));
      return err(reserved.error);
    }
    const placed = await atomically<Order, E | AvatarNotFound | SaveError>(store, (tx) =>
      safeTry(async function* () {
        const held = yield* holdOwnAvatar(tx, command);
        const repeated = yield* knownOrder(tx, command);
        if (repeated) return ok(repeated);
        const { avatar: moved, snapshot: current } = yield* plan(tx, held);
        const order = requested(ports, command, held, current);
        if (moved !== held) yield* tx.avatars.save({ ...moved, updatedAt: order.createdAt });
        yield* tx.jobs.enqueue(orderJob(jobKinds.submitOrder, orderId));
        return tx.orders.save(order);
      }),
    );
    // After a storage failure the order may be stored or not, so its credits are not released.
    if (placed.isErr() ? placed.error.type !== "storage-failure" : placed.value.id !== orderId) {
      const released = await credits.release(orderId);
      if (released.isErr())
        log.error({ ...idsOf(planned), error: released.error.type }, "a reservation without an order stays");
    }
    return placed;
  });
}

/** The order that was placed with the same key. */
const knownOrder = ({ orders }: Pick<Repositories, "orders">, { idempotencyKey }: PlaceOrder) =>
  orders.findByIdempotencyKey(idempotencyKey);

function requested(
  { provider, clock, policy }: PlacePorts,
  { orderId, kind, idempotencyKey }: PlaceOrder,
  { id: avatarId, ownerId }: Avatar,
  snapshot: OrderSnapshot,
): Order {
  const now = clock.now();
  return {
    id: orderId,
    kind,
    avatarId,
    ownerId,
    provider: provider.name,
    idempotencyKey,
    snapshot,
    // Without photos there is nothing to prepare.
    state: { status: "requested", ...(!snapshot.manifest && { prepared: { input: {} } }) },
    createdAt: now,
    nextCheckAt: now,
    deadlineAt: addSeconds(now, policy.requestDeadlineSeconds),
    version: 0,
  };
}
