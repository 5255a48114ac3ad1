import { okAsync, type ResultAsync } from "neverthrow";
import { kindOf, type Settlement } from "../orders/order-kind.ts";
import type { Order } from "../orders/order.ts";
import type { CreditsFailure } from "../ports/credits.ts";
import type { Ports } from "../ports/ports.ts";

/**
 * What becomes of the credits of an order: captured if it yielded something in time, released otherwise, unless its kind
 * says more.
 */
export const settlementOf = (ports: Pick<Ports, "kinds">, order: Order): Settlement =>
  kindOf(ports, order).settlement?.(order) ?? (order.state.status === "succeeded" ? "capture" : "release");

/** Whether credits are reserved for an order. */
export const isCharged = (ports: Pick<Ports, "kinds">, order: Order): boolean => settlementOf(ports, order) !== "never";

/** Captures or releases the credits of an order that has ended, once that can be told. Safe to repeat. */
export function captureOrRelease(
  ports: Pick<Ports, "credits" | "kinds">,
  order: Order,
): ResultAsync<void, CreditsFailure> {
  const settlement = settlementOf(ports, order);
  return settlement === "capture" || settlement === "release"
    ? ports.credits[settlement](order.id)
    : okAsync(undefined);
}
