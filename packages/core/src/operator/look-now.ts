import { err, ok, safeTry, type ResultAsync } from "neverthrow";
import type { OrderNotFound } from "../errors.ts";
import { hasEnded } from "../orders/order-lifecycle.ts";
import { lookAtOrder, type PollOrderError } from "../orders/poll-order.ts";
import type { PollPorts } from "../orders/poll-schedule.ts";
import type { ProviderError } from "../ports/provider.ts";
import { orderView, type OrderView } from "./views.ts";

export type LookNowError = OrderNotFound | ProviderError | PollOrderError;

/**
 * `ended`: by this look or before · `answered`: it goes on, and is looked at again later · `missing`: the provider does not
 * know it, and is asked again later · `not-asked`: it is not at the provider yet.
 */
export interface LookedNow {
  readonly type: "ended" | "answered" | "missing" | "not-asked";
  readonly order: OrderView;
}

/**
 * Polls an order now. To the job of an order that was erased nothing is left; to an operator it is a wrong id. A provider
 * that refuses or does not answer is an error, and the next poll asks again all the same.
 */
export function lookNow(
  ports: PollPorts,
  { orderId }: { readonly orderId: string },
): ResultAsync<LookedNow, LookNowError> {
  return safeTry(async function* () {
    const order = yield* ports.store.orders.find(orderId);
    if (!order) return err({ type: "order-not-found", orderId } as const);
    const seen = yield* lookAtOrder(ports, order);
    const now = (yield* ports.store.orders.find(orderId)) ?? order;
    if (hasEnded(now.state)) return ok({ type: "ended", order: orderView(now) } as const);
    if (seen.type === "provider-refused" || seen.type === "provider-unavailable") return err(seen);
    return ok({ type: seen.type, order: orderView(now) });
  });
}
