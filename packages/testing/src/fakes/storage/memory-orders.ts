import {
  activeStatuses,
  isStored,
  isTraining,
  outcomeBlobKeys,
  outcomeIn,
  requestOf,
  type Order,
  type OrderRepository,
  type OrderState,
} from "@likeness/core";
import { ok } from "neverthrow";
import type { RunStep } from "./memory-database.ts";
import { belongsToAvatar, isBefore, rowsBy, saveRow, type RowKind } from "./rows.ts";

const orderRows: RowKind<Order> = {
  entity: "order",
  id: (order) => order.id,
  rules: [
    ["training-active", (order) => (isTraining(order) && isActive(order) ? order.avatarId : undefined)],
    ["order-key", (order) => order.idempotencyKey],
    [
      "order-request",
      (order) => {
        const request = requestOf(order);
        return request && `${order.provider} ${request.requestId}`;
      },
    ],
  ],
};

const isActive = ({ state }: Order): boolean => activeStatuses.some((status) => status === state.status);

const newestFirst = (orders: Order[]): Order[] => orders.toReversed();

export const memoryOrders = (run: RunStep): OrderRepository => ({
  find: (id) => run(({ orders }) => ok(orders.get(id))),
  findByIdempotencyKey: (key) =>
    run(({ orders }) => ok([...orders.values()].find((order) => order.idempotencyKey === key))),
  listByAvatar: (avatarId, kind) =>
    run(({ orders }) =>
      ok(
        newestFirst(
          rowsBy(
            orders,
            (order) => order.avatarId === avatarId && isOf(kind, order.kind),
            (order) => order.createdAt + order.id,
          ),
        ),
      ),
    ),
  listBySet: (setId) =>
    run(({ orders }) =>
      ok(
        rowsBy(
          orders,
          (order) => order.setId === setId,
          (order) => order.createdAt + order.id,
        ),
      ),
    ),
  countPlaced: (ownerId, since) =>
    run(({ orders }) => {
      const counted = [...orders.values()].filter((order) => order.ownerId === ownerId && !order.uncounted);
      const placed = counted.filter(({ id, setId = id, createdAt }) => setId === id && createdAt >= since);
      const active = new Set(counted.filter(isActive).map(({ id, setId = id }) => setId));
      return ok({ active: active.size, placed: placed.length });
    }),
  save: (order) =>
    run((tables) => belongsToAvatar(tables, order.avatarId).andThen(() => saveRow(tables.orders, order, orderRows))),
  dueBefore: (moment, limit) =>
    run(({ orders }) =>
      ok(
        rowsBy(
          orders,
          (order) => isBefore(order.nextCheckAt, moment),
          (order) => `${order.nextCheckAt}${order.id}`,
        ).slice(0, limit),
      ),
    ),
  lateBefore: (moment, limit, kind) =>
    run(({ orders }) =>
      ok(
        newestFirst(
          rowsBy(
            orders,
            ({ state, kind: its }) =>
              "lateOutcome" in state &&
              state.lateOutcome !== undefined &&
              isBefore(state.finishedAt, moment) &&
              isOf(kind, its),
            ({ id, state }) => `${"finishedAt" in state && state.finishedAt}${id}`,
          ),
        ).slice(0, limit),
      ),
    ),
  uncopiedBefore: (moment, limit, kind) =>
    run(({ orders }) =>
      ok(
        newestFirst(
          rowsBy(
            orders,
            ({ state, kind: its }) =>
              "finishedAt" in state && isUncopied(state) && isBefore(state.finishedAt, moment) && isOf(kind, its),
            ({ id, state }) => `${"finishedAt" in state && state.finishedAt}${id}`,
          ),
        ).slice(0, limit),
      ),
    ),
  usesBlob: (key) => run(({ orders }) => ok([...orders.values()].some((order) => needs(order, key)))),
});

const isOf = (wanted: string | undefined, kind: string): boolean => wanted === undefined || wanted === kind;

function isUncopied(state: OrderState): boolean {
  const outcome = outcomeIn(state);
  return outcome !== undefined && !isStored(outcome);
}

function needs(order: Order, key: string): boolean {
  const outcome = outcomeIn(order.state);
  return (
    (isActive(order) && order.snapshot.manifest?.some((entry) => entry.blobKey === key) === true) ||
    (outcome !== undefined && outcomeBlobKeys(outcome).includes(key))
  );
}
