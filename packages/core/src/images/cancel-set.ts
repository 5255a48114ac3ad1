import { err, safeTry, type ResultAsync } from "neverthrow";
import { cancelOrder, type CancelOrderError, type CancelPorts } from "../orders/cancel-order.ts";
import { hasEnded } from "../orders/order-lifecycle.ts";
import type { OrderState } from "../orders/order.ts";
import { viewSet, type SetCommand, type SetNotFound } from "./gallery.ts";
import type { PictureSet } from "./picture-set.ts";

export type CancelSetError = SetNotFound | Exclude<CancelOrderError, { readonly type: "illegal-transition" }>;

/**
 * Cancels what still waits of a set. A picture that is being made comes and is charged, and so does one of which it is
 * not known whether the provider has it.
 */
export const cancelSet = (ports: CancelPorts, command: SetCommand): ResultAsync<PictureSet, CancelSetError> =>
  safeTry(async function* () {
    const { places } = yield* viewSet(ports, command);
    for (const { order } of places) {
      if (hasEnded(order.state) || isRunning(order.state)) continue;
      const cancelled = await cancelOrder(ports, order);
      if (cancelled.isErr() && cancelled.error.type !== "illegal-transition") return err(cancelled.error);
    }
    return viewSet(ports, command);
  });

const isRunning = (state: OrderState): boolean =>
  state.status === "submitted" && state.progress.startedAt !== undefined;
