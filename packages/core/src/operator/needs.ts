import { errAsync, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { outcomeOfHold } from "../credits/open-holds.ts";
import type { Notification } from "../messages/notification.ts";
import type { Order } from "../orders/order.ts";
import type { CreditsFailure } from "../ports/credits.ts";
import type { JobRecord } from "../ports/job-records.ts";
import type { OperatorRepository, OrderNeed, RowPlace } from "../ports/operator-repository.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { addSeconds, type Timestamp } from "../values/timestamp.ts";
import { cursorOf, cut, pageOf, type OperatorPage, type PageCommand } from "./cursor.ts";
import type { InvalidCursor, OperatorUnavailable } from "./operator-errors.ts";
import {
  deliveryView,
  messageView,
  orderView,
  paymentView,
  type DeliveryView,
  type HoldView,
  type MessageView,
  type OrderView,
  type PaymentView,
} from "./views.ts";

/** What needs a person, each with the form of its rows. */
export interface Needs {
  /** Orders that the provider has not confirmed for a quarter of an hour. */
  readonly unknown: OrderView;
  /** Trainings whose result came late and can be adopted. */
  readonly late: OrderView;
  /** Trainings whose model was not copied, and is not being copied. */
  readonly uncopied: OrderView;
  /** Deliveries that came to nothing. */
  readonly deliveries: DeliveryView;
  /** Messages that were given up. */
  readonly messages: MessageView;
  /** Jobs that were given up; empty where the queue does not tell. */
  readonly jobs: JobRecord;
  /** Reservations of credits that the sweeper should have settled; empty where the credits do not tell. */
  readonly holds: HoldView;
  /** Payments that are nobody's, or to be given back; empty where nothing is sold. */
  readonly payments: PaymentView;
}

export type Need = keyof Needs;

export const needNames = [
  "unknown",
  "late",
  "uncopied",
  "deliveries",
  "messages",
  "jobs",
  "holds",
  "payments",
] as const satisfies Need[];

export interface ListNeed<Name extends Need> extends PageCommand {
  readonly need: Name;
}

export type ListNeedError = OperatorUnavailable | InvalidCursor | CreditsFailure | StorageFailure;

export type NeedPorts = Pick<Ports, "store" | "queue" | "credits" | "purchases" | "clock" | "policy" | "kinds">;

type List<Name extends Need> = (
  ports: NeedPorts,
  operator: OperatorRepository,
  page: PageCommand,
) => ResultAsync<OperatorPage<Needs[Name]>, InvalidCursor | CreditsFailure | StorageFailure>;

/** How long the answer to a POST may be missing before a person should look. */
const unknownSeconds = 900;

const lists: { readonly [Name in Need]: List<Name> } = {
  unknown: (ports, operator, page) =>
    listOrders("unknown", operator, {
      ...page,
      // A space sorts before every id.
      after: page.after ?? cursorOf({ at: addSeconds(ports.clock.now(), -unknownSeconds), id: " " }),
    }),
  late: (_, operator, page) => listOrders("late", operator, page),
  uncopied: (_, operator, page) => listOrders("uncopied", operator, page),
  deliveries: (_, { rows }, command) =>
    pageOf(command).asyncAndThen((page) =>
      rows.deliveries(page).map((found) =>
        cut(found, page.wanted, {
          itemOf: deliveryView,
          placeOf: ({ id, settledAt, receivedAt }) => ({ id, at: settledAt ?? receivedAt }),
        }),
      ),
    ),
  messages: (_, { rows }, command) =>
    pageOf(command).asyncAndThen((page) =>
      rows
        .messages(page)
        .map((found) => cut<Notification, MessageView>(found, page.wanted, { itemOf: messageView, placeOf: storedAt })),
    ),
  jobs: ({ queue: { records } }, _, command) =>
    pageOf(command).asyncAndThen((page) =>
      (records?.dead(page) ?? okAsync([])).map((found) =>
        cut(found, page.wanted, { itemOf: (job) => job, placeOf: ({ at, id }) => ({ at, id }) }),
      ),
    ),
  holds: listHolds,
  payments: ({ purchases }, _, command) =>
    pageOf(command).asyncAndThen((page) => {
      const after = page.after && { paidAt: page.after.at, chargeId: page.after.id };
      const listed = purchases?.listPayments?.({ need: "attention" }, page.limit, after);
      return (listed ?? okAsync([])).map((found) =>
        cut(found, page.wanted, {
          itemOf: paymentView,
          placeOf: ({ paidAt, chargeId }) => ({ at: paidAt, id: chargeId }),
        }),
      );
    }),
};

/** Lists one kind of what needs a person. */
export function listNeed<Name extends Need>(
  ports: NeedPorts,
  { need, ...page }: ListNeed<Name>,
): ResultAsync<OperatorPage<Needs[Name]>, ListNeedError> {
  const { operator } = ports.store;
  const list: List<Name> = lists[need];
  return operator ? list(ports, operator, page) : errAsync(storeUnavailable);
}

export const storeUnavailable: OperatorUnavailable = {
  type: "operator-unavailable",
  detail: "the store has no part for operators",
};

const listOrders = (need: OrderNeed, { rows }: OperatorRepository, command: PageCommand) =>
  pageOf(command).asyncAndThen((page) =>
    rows.orders(need, page).map((found) => cut(found, page.wanted, { itemOf: orderView, placeOf: places[need] })),
  );

const places: Readonly<Record<OrderNeed, (order: Order) => RowPlace>> = {
  unknown: ({ id, state, createdAt }) => ({ id, at: "submitStartedAt" in state ? state.submitStartedAt : createdAt }),
  late: endedAt,
  uncopied: endedAt,
};

function endedAt({ id, state, createdAt }: Order): RowPlace {
  return { id, at: "finishedAt" in state ? state.finishedAt : createdAt };
}

const storedAt = ({ id, createdAt }: Notification): RowPlace => ({ id, at: createdAt });

/** Open reservations that are looked through for one page. */
const mostLookedThrough = 1_000;
const batch = 100;

/**
 * Reservations that have been open for twice as long as the sweeper leaves them, and that it would settle. Most open ones
 * belong to orders that still run, so there may be a next page after an empty one.
 */
function listHolds(
  ports: NeedPorts,
  _: OperatorRepository,
  command: PageCommand,
): ResultAsync<OperatorPage<HoldView>, InvalidCursor | CreditsFailure | StorageFailure> {
  const { openHolds } = ports.credits;
  if (!openHolds) return okAsync({ items: [] });
  const before: Timestamp = addSeconds(ports.clock.now(), -2 * ports.policy.reservationSeconds);
  return safeTry(async function* () {
    const { wanted, after } = yield* pageOf(command);
    const items: HoldView[] = [];
    let last = after?.id;
    for (let looked = 0; looked < mostLookedThrough; looked += batch) {
      const ids = yield* openHolds(before, batch, last);
      for (const orderId of ids) {
        const settles = outcomeOfHold(ports, yield* ports.store.orders.find(orderId));
        last = orderId;
        if (settles) items.push({ orderId, settles });
        if (items.length === wanted) return ok({ items, next: cursorOf({ at: "", id: last }) });
      }
      if (ids.length < batch) return ok({ items });
    }
    return ok({ items, ...(last !== undefined && { next: cursorOf({ at: "", id: last }) }) });
  });
}
