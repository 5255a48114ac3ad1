import {
  isGivenUp,
  isImageOrder,
  isTraining,
  outcomeIn,
  requestOf,
  type Avatar,
  type Notification,
  type Order,
  type Photo,
  type Picture,
} from "@likeness/core";

/** A line of the log. Ids, statuses and codes: no names, texts, files or URLs. */
export interface Change {
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

interface Row {
  readonly state: { readonly status: string };
}

/** The log line about a changed row; none when its status has not changed. */
export type Describe<R extends Row> = (row: R, before: R | undefined) => Change | undefined;

const whenMoved =
  <R extends Row>(describe: (row: R, before: R | undefined) => Change | undefined): Describe<R> =>
  (row, before) =>
    row.state.status === before?.state.status ? undefined : describe(row, before);

export const avatarChange = whenMoved<Avatar>(({ id: avatarId, kind, state }, before) => ({
  message: before ? `avatar -> ${state.status}` : "avatar created",
  fields: {
    avatarId,
    ...(before ? {} : { kind }),
    ...("trainingId" in state && { orderId: state.trainingId }),
    ...("reason" in state && { reason: state.reason }),
  },
}));

export const photoChange = whenMoved<Photo>(({ id: photoId, avatarId, number, state }) => {
  if (state.status === "pending") return undefined;
  const code = state.status === "rejected" ? { code: state.rejection.code } : {};
  return { message: `photo ${state.status}`, fields: { photoId, avatarId, number, ...code } };
});

const orderMoved = whenMoved<Order>((order) => {
  const { id: orderId, kind, avatarId, state } = order;
  const requestId = requestOf(order)?.requestId;
  const fields = {
    orderId,
    avatarId,
    ...(requestId !== undefined && { requestId }),
    ...("reason" in state && { reason: state.reason }),
    ...(blockedIn(order) && { blocked: blockedIn(order) }),
  };
  return { message: `${kind} -> ${state.status}`, fields };
});

/**
 * Also logs changes without a new status: a picture that turned out to be black, and for an operator a late result, and
 * an outcome that is not copied.
 */
export const orderChange: Describe<Order> = (order, before) =>
  orderMoved(order, before) ??
  (blockedIn(order) && !blockedIn(before) ? pictureBlocked(order) : undefined) ??
  (hasLateResult(order) && !hasLateResult(before) ? lateResult(order) : undefined) ??
  (isUncopied(order) && !isUncopied(before) ? uncopied(order) : undefined);

const blockedIn = (order: Order | undefined) =>
  isImageOrder(order) ? outcomeIn(order.state)?.picture?.blocked : undefined;

const pictureBlocked = (order: Order): Change => ({
  message: "picture blocked",
  fields: { orderId: order.id, avatarId: order.avatarId, blocked: blockedIn(order) },
});

const hasLateResult = (order: Order | undefined): boolean =>
  order !== undefined && "lateOutcome" in order.state && order.state.lateOutcome !== undefined;

/** Only a training's result can be adopted. */
const lateResult = (order: Order): Change => ({
  message: "a late result is kept",
  fields: {
    orderId: order.id,
    avatarId: order.avatarId,
    ...(isTraining(order) && { adopt: `npm run adopt -- ${order.id}` }),
  },
});

function isUncopied(order: Order | undefined): boolean {
  const outcome = order && outcomeIn(order.state);
  return outcome !== undefined && isGivenUp(outcome);
}

const uncopied = ({ id: orderId, avatarId }: Order): Change => ({
  message: "an outcome is not copied",
  fields: { orderId, avatarId, copy: `npm run copy -- ${orderId}` },
});

/** A new picture is one that was copied. */
export const pictureChange = ({ id: orderId, avatarId, version }: Picture): Change | undefined =>
  version === 0 ? { message: "picture copied", fields: { orderId, avatarId } } : undefined;

export const messageChange = whenMoved<Notification>(({ id: notificationId, avatarId, orderId, content, state }) => ({
  message: `message -> ${state.status}`,
  fields: { notificationId, avatarId, orderId, template: content.template },
}));
