import { err, ok, safeTry, type ResultAsync } from "neverthrow";
import type { OrderNotFound } from "../errors.ts";
import { cancelOrder, type CancelOrderError, type CancelPorts } from "../orders/cancel-order.ts";
import { hasEnded } from "../orders/order-lifecycle.ts";
import { orderView, type OrderView } from "./views.ts";

export type CancelAnyOrderError = OrderNotFound | CancelOrderError;

/** `too-late`: the provider has finished, and the outcome is applied as usual · `ended-before`: nothing has changed. */
export interface OrderCancellation {
  readonly type: "cancelled" | "too-late" | "ended-before";
  readonly order: OrderView;
}

/** Cancels an order of any kind, at the provider first. */
export function cancelAnyOrder(
  ports: CancelPorts,
  { orderId }: { readonly orderId: string },
): ResultAsync<OrderCancellation, CancelAnyOrderError> {
  return safeTry(async function* () {
    const order = yield* ports.store.orders.find(orderId);
    if (!order) return err({ type: "order-not-found", orderId } as const);
    if (hasEnded(order.state)) return ok({ type: "ended-before", order: orderView(order) } as const);
    const type = yield* cancelOrder(ports, order);
    // Its status has changed since it was read.
    if (!type) return cancelAnyOrder(ports, { orderId });
    const ended = yield* ports.store.orders.find(orderId);
    return ok({ type, order: orderView(ended ?? order) } as const);
  });
}
