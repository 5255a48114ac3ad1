import type { ResultAsync } from "neverthrow";
import type { IllegalTransition } from "../errors.ts";
import { jobKinds } from "../jobs/job-kinds.ts";
import { orderJob } from "../jobs/jobs.ts";
import type { Ports } from "../ports/ports.ts";
import type { SaveError } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { copyDeadline, kindOf, type EndedOrder, type EndPorts } from "./order-kind.ts";
import { outcomeIn, type Order } from "./order.ts";

/** Saves an order that has ended, with what its end means for its kind. The caller holds the avatar. */
export const endOrder = (
  tx: Repositories,
  ports: EndPorts,
  order: EndedOrder,
): ResultAsync<Order, IllegalTransition | SaveError> =>
  saveEnded(tx, ports, order).andThen((saved) =>
    kindOf(ports, order)
      .end(tx, ports, order)
      .map(() => saved),
  );

/** Saves it with the job that captures or releases the credits and copies the outcome. */
export function saveEnded(
  tx: Repositories,
  ports: Pick<Ports, "clock" | "policy" | "kinds">,
  order: EndedOrder,
): ResultAsync<Order, SaveError> {
  const now = ports.clock.now();
  const deadlineAt = outcomeIn(order.state) && copyDeadline(ports, order, now);
  return tx.orders
    .save({ ...order, nextCheckAt: now, deadlineAt })
    .andThrough(() => tx.jobs.enqueue(orderJob(jobKinds.finishOrder, order.id)));
}
