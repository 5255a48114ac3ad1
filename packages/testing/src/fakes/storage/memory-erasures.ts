import type { Erasure, ErasureRepository } from "@likeness/core";
import { ok } from "neverthrow";
import type { RunStep } from "./memory-database.ts";
import { isBefore, rowsBy, saveRow, type RowKind } from "./rows.ts";

const erasureRows: RowKind<Erasure> = { entity: "erasure", id: (erasure) => erasure.id, rules: [] };

const nextCheckOf = ({ state }: Erasure) => (state.status === "under-way" ? state.nextCheckAt : undefined);

export const memoryErasures = (run: RunStep): ErasureRepository => ({
  find: (id) => run(({ erasures }) => ok(erasures.get(id))),
  save: (erasure) => run(({ erasures }) => saveRow(erasures, erasure, erasureRows)),
  dueBefore: (moment, limit) =>
    run(({ erasures }) =>
      ok(
        rowsBy(
          erasures,
          (erasure) => isBefore(nextCheckOf(erasure), moment),
          (erasure) => `${nextCheckOf(erasure)}${erasure.id}`,
        ).slice(0, limit),
      ),
    ),
  noteOrder: (order) =>
    run(({ erasedOrders }) => {
      erasedOrders.set(order.orderId, order);
      return ok(undefined);
    }),
  findOrder: (orderId) => run(({ erasedOrders }) => ok(erasedOrders.get(orderId))),
  findOrders: (orderIds) => run(({ erasedOrders }) => ok(orderIds.flatMap((id) => erasedOrders.get(id) ?? []))),
  purgeOrders: (erasedBefore) =>
    run(({ erasedOrders }) => {
      for (const { orderId, erasedAt } of erasedOrders.values())
        if (isBefore(erasedAt, erasedBefore)) erasedOrders.delete(orderId);
      return ok(undefined);
    }),
});
