import { err, ok, safeTry, type Result, type ResultAsync } from "neverthrow";
import type { OrderNotFound } from "../errors.ts";
import { jobKinds } from "../jobs/job-kinds.ts";
import { orderJob } from "../jobs/jobs.ts";
import { atomically } from "../ports/atomically.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { holdOrder } from "./change-order.ts";
import { copyDeadline, kindOf } from "./order-kind.ts";
import { hasEnded, withOutcome, type Ended } from "./order-lifecycle.ts";
import { outcomeIn, type Order, type OrderStatus } from "./order.ts";
import { isGivenUp, isStored, tryAgain, type Outcome } from "./outcome.ts";

/** An operator's command: it names no actor and is never offered to a person. */
export interface CopyAgain {
  readonly orderId: string;
}

/** The order has yielded nothing that could be copied. */
export interface NoOutcome {
  readonly type: "no-outcome";
  readonly orderId: string;
  readonly status: OrderStatus;
}

export type CopyAgainError = OrderNotFound | NoOutcome | StorageFailure;

export interface AnotherCopy {
  /** `begun`: a job copies it now · `under-way`: a job is copying it already · `stored`: it is copied already. */
  readonly type: "begun" | "under-way" | "stored";
  readonly order: Order;
}

/** What an order yielded and nothing copies, or why there is nothing to copy again. */
export function uncopiedOf({
  id: orderId,
  state,
  nextCheckAt,
}: Order): Result<
  { readonly state: Ended; readonly outcome: Outcome },
  NoOutcome | { readonly type: "under-way" | "stored" }
> {
  const outcome = outcomeIn(state);
  if (!outcome || !hasEnded(state)) return err({ type: "no-outcome", orderId, status: state.status });
  if (isStored(outcome)) return err({ type: "stored" });
  return isGivenUp(outcome) || nextCheckAt === undefined ? ok({ state, outcome }) : err({ type: "under-way" });
}

/**
 * Copies what an order yielded, also late, after copying it was given up: a job, in any process, tries until a new
 * deadline, and logs an error if it gives up again. A copy under way is not disturbed.
 */
export function copyAgain(
  ports: Pick<Ports, "store" | "clock" | "policy" | "kinds">,
  { orderId }: CopyAgain,
): ResultAsync<AnotherCopy, CopyAgainError> {
  return atomically(ports.store, (tx) =>
    safeTry(async function* () {
      const order = yield* holdOrder(tx, orderId);
      if (!order) return err({ type: "order-not-found", orderId } as const);
      const left = uncopiedOf(order);
      if (left.isErr())
        return left.error.type === "no-outcome" ? err(left.error) : ok({ type: left.error.type, order });

      const now = ports.clock.now();
      const begun = yield* tx.orders.save({
        ...order,
        state: withOutcome(
          left.value.state,
          tryAgain(left.value.outcome, kindOf(ports, order).settlement !== undefined),
        ),
        nextCheckAt: now,
        deadlineAt: copyDeadline(ports, order, now),
      });
      yield* tx.jobs.enqueue(orderJob(jobKinds.finishOrder, orderId));
      return ok({ type: "begun", order: begun } as const);
    }),
  );
}
