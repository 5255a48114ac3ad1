import { err, errAsync, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { hasEnded } from "../orders/order-lifecycle.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { AuditSubject } from "./audit-entry.ts";
import { storeUnavailable } from "./needs.ts";
import type { NothingToDismiss, OperatorUnavailable } from "./operator-errors.ts";

/** What can be dismissed: an order that has ended, a delivery with an outcome, a dead message, a dead job. */
export interface Dismissable extends AuditSubject {
  readonly type: "order" | "delivery" | "message" | "job";
}

export type DismissError = OperatorUnavailable | NothingToDismiss | StorageFailure;

type DismissPorts = Pick<Ports, "store" | "queue" | "clock">;

/** Whether a row is one that may be dismissed. */
const checks: Readonly<
  Record<Exclude<Dismissable["type"], "job">, (ports: DismissPorts, id: string) => ResultAsync<boolean, StorageFailure>>
> = {
  order: ({ store }, id) => store.orders.find(id).map((order) => order !== undefined && hasEnded(order.state)),
  delivery: ({ store }, id) => store.inbox.find(id).map((delivery) => delivery?.outcome !== undefined),
  message: ({ store }, id) => store.outbox.find(id).map((message) => message?.state.status === "dead"),
};

/**
 * Says that nothing is to be done about something that needs a person, so it is listed no longer. A dead job is deleted; the
 * others stay as they are, and are listed again once an operator has acted on them.
 */
export function dismissNeed(
  ports: DismissPorts,
  { type, id }: Dismissable,
): ResultAsync<{ readonly type: "dismissed" }, DismissError> {
  const done = { type: "dismissed" } as const;
  const { operator } = ports.store;
  const nothing = { type: "nothing-to-dismiss" } as const;
  if (type === "job")
    return (
      ports.queue.records?.discard(id).andThen((discarded) => (discarded ? ok(done) : err(nothing))) ??
      errAsync(storeUnavailable)
    );
  if (!operator) return errAsync(storeUnavailable);
  return safeTry(async function* () {
    if (!(yield* checks[type](ports, id))) return err(nothing);
    yield* operator.audit.dismiss({ type, id }, ports.clock.now());
    return ok(done);
  });
}

/** What was dismissed is listed again, because an operator has acted on it. */
export const listAgain = (
  { store: { operator } }: Pick<Ports, "store">,
  { type, id }: Dismissable,
): ResultAsync<void, StorageFailure> => operator?.audit.restore({ type, id }) ?? okAsync(undefined);
