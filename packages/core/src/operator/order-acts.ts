import { advanceAvatar } from "../avatars/avatar-lifecycle.ts";
import type { Avatar } from "../avatars/avatar.ts";
import { uncopiedOf } from "../orders/copy-again.ts";
import { hasEnded, orderLifecycle } from "../orders/order-lifecycle.ts";
import type { Order } from "../orders/order.ts";
import { lateResultOf } from "../trainings/late-result.ts";
import { isTraining } from "../trainings/training.ts";
import type { AuditEntry, OperatorAction } from "./audit-entry.ts";

/** What operators can do about an order, the usual one first. */
export const orderActs = ["look", "cancel", "adopt", "copy-again", "dismiss"] as const satisfies OperatorAction[];

export type OrderAct = (typeof orderActs)[number];

/** What lies around an order, as far as it decides what can be done. */
export interface AroundOrder {
  /** Absent: it is being erased. */
  readonly avatar?: Avatar | undefined;
  /** The order whose model the avatar is ready with. */
  readonly serving?: Order | undefined;
  /** What operators did about the order, oldest first. */
  readonly actions: readonly Pick<AuditEntry, "action" | "outcome">[];
}

type IsPossible = (order: Order, around: AroundOrder) => boolean;

/** What the command of an act would not refuse now. A dismissal is possible while a list has the order. */
const possible = {
  look: ({ state }) => !hasEnded(state),
  cancel: ({ state }) => "cancel" in orderLifecycle[state.status],
  adopt: (order, around) =>
    hasLateResult(order, around) &&
    around.avatar !== undefined &&
    advanceAvatar(around.avatar, { type: "adopt", trainingId: order.id }).isOk(),
  "copy-again": (order) => uncopiedOf(order).isOk(),
  dismiss: (order, around) =>
    isTraining(order) && (hasLateResult(order, around) || hasNoWorkLeft(order)) && !isDismissed(around),
} as const satisfies Record<OrderAct, IsPossible>;

/** The acts that are possible now. */
export const actsOn = (order: Order, around: AroundOrder): OrderAct[] =>
  orderActs.filter((act) => possible[act](order, around));

const hasLateResult: IsPossible = (order, { avatar, serving }) =>
  isTraining(order) && avatar !== undefined && lateResultOf(order, serving).isOk();

/** Another file of it may still be copied. */
const hasNoWorkLeft = (order: Order): boolean => uncopiedOf(order).isOk() && order.nextCheckAt === undefined;

/** Copying it again lists it again. */
const isDismissed = ({ actions }: AroundOrder): boolean =>
  actions.findLast(({ action, outcome }) => outcome === "dismissed" || (action === "copy-again" && isCopy(outcome)))
    ?.action === "dismiss";

const isCopy = (outcome: string | undefined): boolean =>
  outcome === "begun" || outcome === "under-way" || outcome === "stored";
