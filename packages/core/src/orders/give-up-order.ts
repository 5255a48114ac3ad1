import type { ResultAsync } from "neverthrow";
import type { IllegalTransition } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { moveOrder, type MovePorts } from "./change-order.ts";
import type { FailureReason } from "./failure-reason.ts";
import { idsOf, type Order } from "./order.ts";

/**
 * Fails an order whose deadline has passed or whose result is gone, unless its status has changed since it was read.
 */
export function giveUpOrder(
  ports: MovePorts & Pick<Ports, "log">,
  { id: orderId, state: seen }: Order,
  reason: FailureReason,
): ResultAsync<void, IllegalTransition | StorageFailure> {
  return moveOrder(ports, orderId, ({ state }) => {
    if (state.status !== seen.status) return undefined;
    const at = ports.clock.now();
    return { transitions: [{ type: "fail", reason, at }], nextCheckAt: at };
  }).map((failed) => {
    if (failed) ports.log.error({ ...idsOf(failed), reason }, "the order is given up");
  });
}
