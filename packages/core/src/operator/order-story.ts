import { err, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { AvatarKind, AvatarStatus } from "../avatars/avatar.ts";
import type { OrderNotFound } from "../errors.ts";
import type { Order } from "../orders/order.ts";
import type { JobRecord } from "../ports/job-records.ts";
import type { LedgerEntry, LedgerHold } from "../ports/ledger.ts";
import type { AboutOrder } from "../ports/operator-repository.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { isTraining } from "../trainings/training.ts";
import type { Timestamp } from "../values/timestamp.ts";
import type { AuditEntry } from "./audit-entry.ts";
import { storeUnavailable } from "./needs.ts";
import type { OperatorUnavailable, OrderErased } from "./operator-errors.ts";
import { actsOn, type OrderAct } from "./order-acts.ts";
import { deliveryView, messageView, orderView, type DeliveryView, type MessageView, type OrderView } from "./views.ts";

/** Something that happened to an order, as far as the rows keep its time. JSON. */
export interface StoryEvent {
  readonly at: Timestamp;
  readonly of: "order" | "delivery" | "message" | "credits" | "operator";
  /**
   * `order`: `placed`, `posted`, `accepted`, `running`, `missing` and its end · `delivery`: `received` and its outcome ·
   * `message`: `stored` and `sent` · `credits`: `held`, `released`, and the kinds of entries of the ledger, e.g. `capture` ·
   * `operator`: the action.
   */
  readonly what: string;
  /** Of the row: the order's, the delivery's, … */
  readonly id: string;
  /** What goes with it: a reason, a template, an amount, a name. */
  readonly detail?: string | undefined;
}

/** Everything that is stored about an order. JSON, without bytes, texts and addresses. */
export interface OrderStory {
  readonly order: OrderView;
  /** What its commands would not refuse now, the usual one first. */
  readonly acts: readonly OrderAct[];
  /** Absent: it is being erased. */
  readonly avatar?: { readonly id: string; readonly kind: AvatarKind; readonly status: AvatarStatus } | undefined;
  /** The ids of the orders that were placed with it, or again for it, its own among them; empty: it is alone. */
  readonly set: readonly string[];
  /** What `openPhoto` and `openPicture` open. */
  readonly files: {
    /** The photos of a training, in the order of their arrival, as far as their owner has not removed them since. */
    readonly photos: readonly string[];
    /** The picture that the order has yielded, if its owner has it. */
    readonly pictures: readonly string[];
  };
  /** Everything below in the order of time. */
  readonly events: readonly StoryEvent[];
  readonly deliveries: readonly DeliveryView[];
  readonly messages: readonly MessageView[];
  readonly credits: {
    /** What is, or was, reserved for it. Only what lies in the store's own ledger. */
    readonly hold?: LedgerHold | undefined;
    readonly entries: readonly LedgerEntry[];
  };
  /** Jobs about it that wait, run or are dead; empty where the queue does not tell. */
  readonly jobs: readonly JobRecord[];
  readonly actions: readonly AuditEntry[];
  /** A list was longer than 100 and is cut. */
  readonly more: boolean;
}

export type TellOrderError = OperatorUnavailable | OrderNotFound | OrderErased | StorageFailure;

const most = 100;

/** Reads everything about one order. */
export function tellOrder(
  { store, queue }: Pick<Ports, "store" | "queue">,
  { orderId }: { readonly orderId: string },
): ResultAsync<OrderStory, TellOrderError> {
  return safeTry(async function* () {
    const { operator } = store;
    if (!operator) return err(storeUnavailable);
    const order = yield* store.orders.find(orderId);
    if (!order) {
      const erased = yield* store.erasures.findOrder(orderId);
      if (erased) return err({ type: "order-erased", orderId, erasedAt: erased.erasedAt } as const);
      return err({ type: "order-not-found", orderId } as const);
    }
    const avatar = yield* store.avatars.find(order.avatarId);
    const serving = avatar?.state.status === "ready" ? yield* store.orders.find(avatar.state.trainingId) : undefined;
    const set = order.setId === undefined ? [] : yield* store.orders.listBySet(order.setId);
    const files = yield* filesOf(store, order);
    const about = yield* operator.rows.about(orderId, most);
    const keys = [orderId, ...about.deliveries.map(({ id }) => id), ...about.messages.map(({ id }) => id)];
    const jobs = yield* queue.records?.about(keys, most) ?? okAsync([]);
    const subject = { type: "order", id: orderId } as const;
    const actions = (yield* operator.audit.list({ subject }, { limit: most })).toReversed();
    const events = [...orderEvents(order), ...rowEvents(about), ...actions.map(actionEvent)];
    const lists = [about.deliveries, about.messages, jobs, actions];
    return ok({
      order: orderView(order),
      acts: actsOn(order, { avatar, serving, actions }),
      ...(avatar && { avatar: { id: avatar.id, kind: avatar.kind, status: avatar.state.status } }),
      set: set.map(({ id }) => id),
      files,
      events: events.toSorted((left, right) => compare(left.at, right.at)),
      deliveries: about.deliveries.map(deliveryView),
      messages: about.messages.map(messageView),
      credits: { ...(about.hold && { hold: about.hold }), entries: about.entries },
      jobs,
      actions,
      more: lists.some(({ length }) => length >= most),
    });
  });
}

function filesOf({ photos, pictures }: Ports["store"], order: Order): ResultAsync<OrderStory["files"], StorageFailure> {
  if (!isTraining(order))
    return pictures.find(order.id).map((picture) => ({ photos: [], pictures: picture ? [picture.id] : [] }));
  const used = new Set(order.snapshot.manifest.map(({ blobKey }) => blobKey));
  return photos.listByAvatar(order.avatarId).map((all) => ({
    photos: all.flatMap(({ id, state }) => (state.status === "accepted" && used.has(state.blobKey) ? [id] : [])),
    pictures: [],
  }));
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** The transitions whose times the row keeps: a later status may have overwritten some. */
function orderEvents({ id, createdAt, state }: Order): StoryEvent[] {
  const event = (what: string, at: Timestamp | undefined, detail?: string): StoryEvent[] =>
    at === undefined ? [] : [{ at, of: "order", what, id, ...(detail !== undefined && { detail }) }];
  const progress = state.status === "submitted" ? state.progress : {};
  return [
    ...event("placed", createdAt),
    ...event("posted", "submitStartedAt" in state ? state.submitStartedAt : undefined),
    ...event("accepted", "submittedAt" in state ? state.submittedAt : undefined),
    ...event("running", progress.startedAt),
    ...event("missing", progress.missingSince),
    ...("finishedAt" in state
      ? event(state.status, state.finishedAt, "reason" in state ? state.reason : undefined)
      : []),
  ];
}

const rowEvents = ({ deliveries, messages, hold, entries }: AboutOrder): StoryEvent[] => [
  ...deliveries.flatMap(({ id, receivedAt, settledAt, outcome }): StoryEvent[] => [
    { at: receivedAt, of: "delivery", what: "received", id },
    ...(outcome && settledAt !== undefined ? [{ at: settledAt, of: "delivery", what: outcome, id } as const] : []),
  ]),
  ...messages.flatMap(({ id, createdAt, content: { template: detail }, state }): StoryEvent[] => [
    { at: createdAt, of: "message", what: "stored", id, detail },
    ...(state.status === "sent" ? [{ at: state.sentAt, of: "message", what: "sent", id, detail } as const] : []),
  ]),
  ...(hold ? holdEvents(hold) : []),
  ...entries.map(({ id, createdAt, kind, amount }): StoryEvent => ({
    at: createdAt,
    of: "credits",
    what: kind,
    id,
    detail: String(amount),
  })),
];

function holdEvents({ orderId: id, amount, createdAt, state, settledAt }: LedgerHold): StoryEvent[] {
  const detail = String(amount);
  // A capture is an entry of the ledger too.
  const released = state === "released" && settledAt !== undefined;
  return [
    { at: createdAt, of: "credits", what: "held", id, detail },
    ...(released ? [{ at: settledAt, of: "credits", what: "released", id, detail } as const] : []),
  ];
}

const actionEvent = ({ id, at, action, operator }: AuditEntry): StoryEvent => ({
  at,
  of: "operator",
  what: action,
  id,
  detail: operator,
});
