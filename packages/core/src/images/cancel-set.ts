import { err, safeTry, type ResultAsync } from "neverthrow";
import { cancelOrder, type CancelOrderError, type CancelPorts } from "../orders/cancel-order.ts";
import { hasEnded } from "../orders/order-lifecycle.ts";
import { viewSet, type SetCommand, type SetNotFound } from "./gallery.ts";
import type { PictureSet } from "./picture-set.ts";

export type CancelSetError = SetNotFound | Exclude<CancelOrderError, { readonly type: "illegal-transition" }>;

/**
 * Cancels what is still under way of a set. A picture that the provider has finished comes anyway, and so does one of
 * which it is not known whether the provider has it.
 */
export const cancelSet = (ports: CancelPorts, command: SetCommand): ResultAsync<PictureSet, CancelSetError> =>
  safeTry(async function* () {
    const { places } = yield* viewSet(ports, command);
    for (const { order } of places) {
      if (hasEnded(order.state)) continue;
      const cancelled = await cancelOrder(ports, order);
      if (cancelled.isErr() && cancelled.error.type !== "illegal-transition") return err(cancelled.error);
    }
    return viewSet(ports, command);
  });
