import { ok, safeTry, type ResultAsync } from "neverthrow";
import type { IllegalTransition } from "../errors.ts";
import { atomically } from "../ports/atomically.ts";
import type { Ports } from "../ports/ports.ts";
import type { SaveError, StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { addSeconds, type Timestamp } from "../values/timestamp.ts";
import { endOrder } from "./end-order.ts";
import { kindOf, type EndPorts } from "./order-kind.ts";
import { advanceOrder, hasEnded, type Ended, type OrderTransition } from "./order-lifecycle.ts";
import type { Order, OrderState } from "./order.ts";

/**
 * Reads an order while holding its avatar. The avatar is always locked first, so that two writers of the same avatar
 * cannot deadlock. `undefined` when the order was erased.
 */
export function holdOrder(tx: Repositories, orderId: string): ResultAsync<Order | undefined, StorageFailure> {
  if (tx.orders.hold) return tx.orders.hold(orderId);
  return safeTry(async function* () {
    const found = yield* tx.orders.find(orderId);
    if (!found) return ok(undefined);
    yield* tx.avatars.hold(found.avatarId);
    return tx.orders.find(orderId);
  });
}

export type ChangePorts = EndPorts;

/**
 * Applies one or more transitions to an order and saves it once, with what its new status requires. The caller holds
 * the avatar. Every change of an order's status goes through this function.
 */
export function changeOrder(
  tx: Repositories,
  ports: ChangePorts,
  order: Order,
  transitions: readonly OrderTransition[],
): ResultAsync<Order, IllegalTransition | SaveError> {
  return safeTry(async function* () {
    let moved = order;
    for (const transition of transitions) moved = yield* advanceOrder(moved, transition);
    const { state } = moved;
    if (hasEnded(state)) return endOrder(tx, ports, { ...moved, state });

    const deadlineAt = deadlineOf(ports, moved, state);
    return tx.orders.save({ ...moved, deadlineAt });
  });
}

type Active = Exclude<OrderState, Ended>;

/** When each status is given up, counted from its own start. */
function deadlineOf(ports: ChangePorts, order: Order, state: Active): Timestamp {
  const deadlines = kindOf(ports, order).deadlines(ports.policy);
  const since = (start: Timestamp) => (deadlines.fromPlacing ? order.createdAt : start);
  switch (state.status) {
    case "requested":
      return addSeconds(order.createdAt, deadlines.requested);
    case "submitting":
    case "unknown":
      return addSeconds(since(state.submitStartedAt), deadlines.unknown);
    case "submitted":
      return addSeconds(since(state.submittedAt), deadlines.submitted);
  }
}

/** The transitions of an order, and when to look at it next. */
export interface Move {
  readonly transitions: readonly OrderTransition[];
  /** Ignored when the order ends. */
  readonly nextCheckAt: Timestamp;
  /** Written in the same transaction. */
  readonly alongside?: (tx: Repositories, order: Order) => ResultAsync<unknown, SaveError>;
}

export type MovePorts = ChangePorts & Pick<Ports, "store">;

/**
 * Reads an order, passes it to `decide` and applies the move that it returns, all in one transaction. `undefined`:
 * the order is gone, or `decide` returned no move.
 */
export function moveOrder(
  ports: MovePorts,
  orderId: string,
  decide: (order: Order) => Move | undefined,
): ResultAsync<Order | undefined, IllegalTransition | StorageFailure> {
  return atomically(ports.store, (tx) =>
    safeTry(async function* () {
      const order = yield* holdOrder(tx, orderId);
      const move = order && decide(order);
      if (!move) return ok(undefined);
      const { transitions, nextCheckAt, alongside } = move;
      const moved = yield* changeOrder(tx, ports, { ...order, nextCheckAt }, transitions);
      if (alongside) yield* alongside(tx, moved);
      return ok(moved);
    }),
  );
}
