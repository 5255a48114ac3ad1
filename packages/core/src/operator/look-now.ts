import { errAsync, type ResultAsync } from "neverthrow";
import type { OrderNotFound } from "../errors.ts";
import { pollOrder, type PollOrderError } from "../orders/poll-order.ts";
import type { PollPorts } from "../orders/poll-schedule.ts";
import type { JobOutcome } from "../ports/job-queue.ts";

export type LookNowError = OrderNotFound | PollOrderError;

/** Polls an order now. To the job of an order that was erased nothing is left; to an operator it is a wrong id. */
export const lookNow = (
  ports: PollPorts,
  { orderId }: { readonly orderId: string },
): ResultAsync<JobOutcome, LookNowError> =>
  ports.store.orders
    .find(orderId)
    .andThen((order) =>
      order ? pollOrder(ports, { orderId }) : errAsync({ type: "order-not-found", orderId } as const),
    );
