import { err, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { Avatar } from "../avatars/avatar.ts";
import { holdOwnAvatar, ownAvatar, type AvatarCommand } from "../avatars/own-avatar.ts";
import type { AvatarNotFound } from "../errors.ts";
import { checkPlacing } from "../guards/check-placing.ts";
import type { GuardError } from "../guards/guard-errors.ts";
import { checkSpending, priceOf, spend } from "../guards/spending.ts";
import { isCharged } from "../credits/capture-or-release.ts";
import { jobKinds } from "../jobs/job-kinds.ts";
import { orderJob } from "../jobs/jobs.ts";
import { noteSign } from "../owners/sign-of-life.ts";
import { atomically } from "../ports/atomically.ts";
import type { CreditsFailure, CreditsRefused } from "../ports/credits.ts";
import type { Ports } from "../ports/ports.ts";
import type { SaveError, StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { addSeconds, secondsBetween } from "../values/timestamp.ts";
import { withoutUndefined } from "../values/without-undefined.ts";
import { kindOf } from "./order-kind.ts";
import { idsOf, type Order, type OrderSnapshot } from "./order.ts";

export interface PlaceOrder extends AvatarCommand {
  readonly kind: string;
  /** Unique in the store: the same key is the same order, however often the command is repeated. */
  readonly idempotencyKey: string;
  readonly orderId: string;
}

/** Orders that are placed together: all of them or none. */
export interface PlaceOrders extends AvatarCommand {
  readonly kind: string;
  readonly setId?: string | undefined;
  /** Ordered for the owner and not by them. */
  readonly uncounted?: true | undefined;
  /** Placed once more for one that ended unpaid: no guard is asked, because for all limits it is the same order. */
  readonly unguarded?: true | undefined;
  /** At least one. The first one's key stands for all: if it is stored, they all are. */
  readonly orders: readonly [NewOrder, ...NewOrder[]];
}

export type PlacedTogether = Pick<PlaceOrders, "kind" | "setId" | "uncounted" | "orders">;

export type NewOrder = Pick<PlaceOrder, "orderId" | "idempotencyKey">;

interface Tagged {
  readonly type: string;
}

/** What is ordered, and the avatar as it is after that. */
export interface Plan {
  readonly snapshot: OrderSnapshot;
  readonly avatar: Avatar;
  /** What the provider charges, in US dollars; absent: not known. */
  readonly dollars?: number | undefined;
}

/** The same for several orders, in their order. */
export interface PlanOfSeveral {
  readonly snapshots: readonly OrderSnapshot[];
  readonly avatar: Avatar;
  /** What the provider charges for all of them, in US dollars; absent: not known. */
  readonly dollars?: number | undefined;
  /** Name of the provider that takes them; absent: that of new orders. */
  readonly provider?: string | undefined;
}

export type PlaceOrderError = AvatarNotFound | GuardError | CreditsRefused | CreditsFailure | StorageFailure;

export type PlacePorts = Pick<
  Ports,
  "store" | "provider" | "credits" | "policy" | "guards" | "clock" | "ids" | "kinds" | "log"
>;

type Planner<P, E extends Tagged> = (
  repositories: Pick<Repositories, "photos" | "orders" | "pictures" | "consents">,
  avatar: Avatar,
) => ResultAsync<P, E>;

/** Reads what the order is made from, and checks whether it may be placed. It runs again in the transaction. */
export type PlanOrder<E extends Tagged> = Planner<Plan, E>;

/**
 * Places a paid order: reserves the credits, then stores the order with the job that submits it. Nothing is paid before
 * that job runs. The same command twice, even at once, makes one order, and both callers get that order.
 */
export const placeOrder = <E extends Tagged>(
  ports: PlacePorts,
  { orderId, idempotencyKey, ...command }: PlaceOrder,
  plan: PlanOrder<E>,
): ResultAsync<Order, E | PlaceOrderError> =>
  placeOrders(ports, { ...command, orders: [{ orderId, idempotencyKey }] }, (repositories, avatar) =>
    plan(repositories, avatar).map(({ snapshot, ...planned }) => ({ ...planned, snapshots: [snapshot] })),
  ).map(([order]) => order);

/** The same for orders that are placed together, in one transaction. */
export const placeOrders = <E extends Tagged>(
  ports: PlacePorts,
  command: PlaceOrders,
  plan: Planner<PlanOfSeveral, E>,
): ResultAsync<[Order, ...Order[]], E | PlaceOrderError> =>
  placeThem(ports, command, plan).mapErr((error) => {
    logGuard(ports, command, error);
    return error;
  });

function placeThem<E extends Tagged>(
  ports: PlacePorts,
  command: PlaceOrders,
  plan: Planner<PlanOfSeveral, E>,
): ResultAsync<[Order, ...Order[]], E | PlaceOrderError> {
  const { store, provider: usual } = ports;
  return safeTry(async function* () {
    const avatar = yield* ownAvatar(store, command);
    const known = yield* knownOrders(store, command);
    if (known) return ok(known);

    // Asked first, because a plan may be slow and credits would be reserved in vain; it counts in the transaction only.
    if (!command.unguarded) yield* checkPlacing(ports, store, command.actor);
    const { snapshots: wanted, dollars, provider = usual.name } = yield* plan(store, avatar);
    const price = priceOf(dollars, wanted.length);
    if (!command.unguarded) yield* checkSpending(ports, store, price);
    const planned = requested(ports, { ...command, provider }, avatar, wanted);
    const reserved = await reserveAll(ports, planned);
    if (reserved.isErr()) {
      // The same command may have run twice at once, and the other one has reserved the credits.
      const twins = yield* knownOrders(store, command);
      if (twins) return ok(twins);
      yield* plan(store, yield* ownAvatar(store, command));
      return err(reserved.error);
    }
    const placed = await atomically<[Order, ...Order[]], E | AvatarNotFound | GuardError | CreditsFailure | SaveError>(
      store,
      (tx) =>
        safeTry(async function* () {
          const held = yield* holdOwnAvatar(tx, command);
          const repeated = yield* knownOrders(tx, command);
          if (repeated) return ok(repeated);
          if (!command.unguarded) {
            yield* tx.guards.holdOwner(command.actor);
            yield* checkPlacing(ports, tx, command.actor);
            yield* noteSign(tx, ports, command.actor);
          }
          // What was planned before may be made elsewhere by now, and at another price.
          const { avatar: moved, snapshots, ...current } = yield* plan(tx, held);
          if (isNearlyReleased(ports, planned[0])) return err(tookTooLong);
          const orders = requested(ports, { ...command, provider: current.provider ?? usual.name }, held, snapshots);
          if (moved !== held) yield* tx.avatars.save({ ...moved, updatedAt: orders[0].createdAt });
          const stored = yield* storeOrders(tx, orders);
          if (!command.unguarded) yield* spend(ports, tx, priceOf(current.dollars, snapshots.length));
          return ok(stored);
        }),
    );
    // After a storage failure the orders may be stored or not, so their credits are not released.
    if (placed.isErr() ? placed.error.type !== "storage-failure" : placed.value[0].id !== planned[0].id)
      await releaseAll(ports, planned);
    return placed;
  });
}

/**
 * The sweeper releases a reservation without an order after a time, and then the order would run for nothing. So an order
 * is not stored after half of that time, e.g. because the process was stopped meanwhile.
 */
const isNearlyReleased = ({ clock, policy }: PlacePorts, { createdAt }: Order): boolean =>
  secondsBetween(createdAt, clock.now()) > policy.reservationSeconds / 2;

const tookTooLong: CreditsFailure = {
  type: "credits-failure",
  cause: new Error("the order was stored too late after its credits were reserved"),
};

/** Tells the operator of each refusal by a guard. */
function logGuard({ log }: PlacePorts, { actor, avatarId, kind }: PlaceOrders, { type, ...about }: Tagged): void {
  const level = guardLevels[type];
  if (level) log[level]({ ...about, ownerId: actor, avatarId, kind, error: type }, refusedBy);
}

const refusedBy = "a guard has refused an order";

/** What concerns the whole deployment is a warning. */
const guardLevels: Readonly<Record<string, "info" | "warn">> = {
  "not-allowed": "info",
  "too-many-orders": "info",
  "paid-work-off": "warn",
  "spend-cap-reached": "warn",
} satisfies Record<GuardError["type"], "info" | "warn">;

/** Stores new orders with the jobs that submit them. */
export const storeOrders = (
  tx: Repositories,
  [first, ...others]: readonly [Order, ...Order[]],
): ResultAsync<[Order, ...Order[]], SaveError> =>
  safeTry(async function* () {
    const stored: [Order, ...Order[]] = [yield* storeOrder(tx, first)];
    for (const order of others) stored.push(yield* storeOrder(tx, order));
    return ok(stored);
  });

const storeOrder = (tx: Repositories, order: Order): ResultAsync<Order, SaveError> =>
  tx.jobs.enqueue(orderJob(jobKinds.submitOrder, order.id)).andThen(() => tx.orders.save(order));

/** Reserves the credits of all orders or of none. */
const reserveAll = (ports: PlacePorts, orders: readonly Order[]): ResultAsync<void, CreditsRefused | CreditsFailure> =>
  safeTry(async function* () {
    const reserved: Order[] = [];
    for (const order of orders.filter((each) => isCharged(ports, each))) {
      const answer = await ports.credits.reserve(order);
      reserved.push(order);
      if (answer.isOk()) continue;
      await releaseAll(ports, reserved);
      return err(answer.error);
    }
    return okAsync(undefined);
  });

async function releaseAll(ports: PlacePorts, orders: readonly Order[]): Promise<void> {
  for (const order of orders.filter((each) => isCharged(ports, each))) {
    const released = await ports.credits.release(order.id);
    if (released.isErr())
      ports.log.error({ ...idsOf(order), error: released.error.type }, "a reservation without an order stays");
  }
}

/** The orders that were placed with the same keys. */
const knownOrders = (
  { orders }: Pick<Repositories, "orders">,
  { orders: wanted }: PlaceOrders,
): ResultAsync<[Order, ...Order[]] | undefined, StorageFailure> =>
  safeTry(async function* () {
    const [{ idempotencyKey }, ...others] = wanted;
    const first = yield* orders.findByIdempotencyKey(idempotencyKey);
    if (!first) return ok(undefined);
    const known: [Order, ...Order[]] = [first];
    for (const other of others) {
      const found = yield* orders.findByIdempotencyKey(other.idempotencyKey);
      if (found) known.push(found);
    }
    return ok(known);
  });

/** New orders, as they are before the first save. */
export function requested(
  ports: Pick<Ports, "clock" | "policy" | "kinds">,
  { provider, kind, setId, uncounted, orders: [first, ...others] }: PlacedTogether & Pick<Order, "provider">,
  { id: avatarId, ownerId }: Pick<Avatar, "id" | "ownerId">,
  snapshots: readonly OrderSnapshot[],
): [Order, ...Order[]] {
  const now = ports.clock.now();
  const newOrder = ({ orderId, idempotencyKey }: NewOrder, index: number): Order => {
    const snapshot = snapshots[index];
    if (!snapshot) throw new Error(`the plan of ${snapshots.length} orders lacks number ${index + 1}`);
    return {
      id: orderId,
      kind,
      ...withoutUndefined({ setId }),
      avatarId,
      ownerId,
      provider,
      idempotencyKey,
      ...withoutUndefined({ uncounted }),
      snapshot,
      // Without files there is nothing to prepare.
      state: { status: "requested", ...(!snapshot.manifest && { prepared: { input: {} } }) },
      createdAt: now,
      nextCheckAt: now,
      deadlineAt: addSeconds(now, kindOf(ports, { kind, id: orderId }).deadlines(ports.policy).requested),
      version: 0,
    };
  };
  return [newOrder(first, 0), ...others.map((order, index) => newOrder(order, index + 1))];
}
