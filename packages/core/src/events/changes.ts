import type { Avatar } from "../avatars/avatar.ts";
import { isImageOrder } from "../images/image-order.ts";
import type { Picture } from "../images/picture.ts";
import type { Notification } from "../messages/notification.ts";
import { isGivenUp, type Outcome } from "../orders/outcome.ts";
import { idsOf, outcomeIn, requestOf, type Order, type OrderState } from "../orders/order.ts";
import type { Photo } from "../photos/photo.ts";
import { withoutUndefined } from "../values/without-undefined.ts";
import type { InboxDelivery, InboxOutcome } from "../webhooks/inbox-delivery.ts";
import type { DeliveryHandled, OrderChanged } from "./events.ts";

/** What is logged at `info`, and what is published. Ids, statuses and codes: no names, texts, files or URLs. */
export interface Change {
  /** Absent: the core logs it elsewhere, at another level. */
  readonly line?: Line | undefined;
  readonly order?: OrderChanged | undefined;
  readonly delivery?: DeliveryHandled | undefined;
}

interface Line {
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

interface Row {
  readonly state: { readonly status: string };
}

/** The change of a row that is saved; none when its status is the same. */
export type Describe<R extends Row> = (row: R, before: R | undefined) => Change | undefined;

const whenMoved =
  <R extends Row>(describe: (row: R, before: R | undefined) => Change | undefined): Describe<R> =>
  (row, before) =>
    row.state.status === before?.state.status ? undefined : describe(row, before);

export const avatarChange = whenMoved<Avatar>(({ id: avatarId, ownerId, kind, state }, before) => ({
  line: {
    message: before ? `avatar -> ${state.status}` : "avatar created",
    fields: {
      avatarId,
      ownerId,
      ...(before ? {} : { kind }),
      ...("trainingId" in state && { orderId: state.trainingId }),
      ...("reason" in state && { reason: state.reason }),
    },
  },
}));

export const photoChange = whenMoved<Photo>(({ id: photoId, avatarId, number, state }) => {
  if (state.status === "pending") return undefined;
  const code = state.status === "rejected" ? { code: state.rejection.code } : {};
  return { line: { message: `photo ${state.status}`, fields: { photoId, avatarId, number, ...code } } };
});

/** A new status, or what an operator should know without one: a black picture, a late result, files not copied. */
export const orderChange: Describe<Order> = (order, before) => {
  const [ids, blocked] = [idsOf(order), blockedIn(order)];
  if (order.state.status !== before?.state.status) {
    const fields = { ...ids, ...reasonIn(order.state), ...(blocked && { blocked }) };
    const line = { message: `${order.kind} -> ${order.state.status}`, fields };
    return { line, order: changed(order, before, blocked && "blocked") };
  }
  if (blocked && !blockedIn(before))
    return {
      line: { message: "picture blocked", fields: { ...ids, blocked } },
      order: changed(order, before, "blocked"),
    };
  // The next two are logged as errors, where they happen.
  if (hasLateResult(order) && !hasLateResult(before)) return { order: changed(order, before, "late-result") };
  if (isUncopied(order) && !isUncopied(before)) return { order: changed(order, before, "not-copied") };
  return undefined;
};

const changed = (order: Order, before: Order | undefined, note?: OrderChanged["note"]): OrderChanged =>
  withoutUndefined({
    orderId: order.id,
    orderKind: order.kind,
    avatarId: order.avatarId,
    ownerId: order.ownerId,
    requestId: requestOf(order)?.requestId,
    before: before?.state.status,
    status: order.state.status,
    ...reasonIn(order.state),
    note,
  });

const reasonIn = (state: OrderState): { readonly reason?: string } =>
  "reason" in state ? { reason: state.reason } : {};

const blockedIn = (order: Order | undefined) =>
  isImageOrder(order) ? outcomeIn(order.state)?.picture?.blocked : undefined;

const hasLateResult = (order: Order | undefined): boolean =>
  order !== undefined && "lateOutcome" in order.state && order.state.lateOutcome !== undefined;

function isUncopied(order: Order | undefined): boolean {
  const outcome: Outcome | undefined = order && outcomeIn(order.state);
  return outcome !== undefined && isGivenUp(outcome);
}

/** A new picture is one that was copied. */
export const pictureChange = ({ id: orderId, avatarId, version }: Picture): Change | undefined =>
  version === 0 ? { line: { message: "picture copied", fields: { orderId, avatarId } } } : undefined;

export const messageChange = whenMoved<Notification>((message) => {
  const { id: notificationId, ownerId, avatarId, orderId, content, state } = message;
  const fields = { notificationId, ownerId, avatarId, orderId, template: content.template };
  return { line: { message: `message -> ${state.status}`, fields } };
});

/** What is told of a delivery, without its headers and its body. */
export type DeliveryIds = Pick<InboxDelivery, "id" | "source" | "orderId" | "outcome">;

export const idsOfDelivery = ({ id, source, orderId, outcome }: InboxDelivery): DeliveryIds => ({
  id,
  source,
  orderId,
  outcome,
});

/** The outcome of a webhook; none for a channel's delivery. */
export function deliveryChange(delivery: DeliveryIds | undefined, outcome: InboxOutcome): Change | undefined {
  if (delivery?.orderId === undefined || delivery.outcome) return undefined;
  const ids = { deliveryId: delivery.id, source: delivery.source, orderId: delivery.orderId };
  return { line: { message: `webhook -> ${outcome}`, fields: ids }, delivery: { step: "settle", ...ids, outcome } };
}
