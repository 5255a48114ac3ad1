import { err, ok, type Result } from "neverthrow";
import type { IllegalTransition } from "../errors.ts";
import { cleanText } from "../values/clean-text.ts";
import { inconsistent } from "../values/inconsistent.ts";
import type { Timestamp } from "../values/timestamp.ts";
import { withoutUndefined } from "../values/without-undefined.ts";
import type { FailureReason } from "./failure-reason.ts";
import {
  requestOf,
  type Order,
  type OrderState,
  type OrderStatus,
  type Prepared,
  type Progress,
  type ProviderRequest,
} from "./order.ts";
import type { Outcome } from "./outcome.ts";

/** What can happen to an order. */
export type OrderTransition =
  | { readonly type: "submit"; readonly prepared: Prepared; readonly at: Timestamp }
  | { readonly type: "accept"; readonly request: ProviderRequest; readonly at: Timestamp }
  | { readonly type: "lose" }
  | { readonly type: "retry" }
  | {
      readonly type: "reject";
      readonly reason: FailureReason;
      readonly detail?: string | undefined;
      readonly at: Timestamp;
    }
  | { readonly type: "progress"; readonly progress: Progress }
  | {
      readonly type: "succeed";
      readonly request: ProviderRequest;
      readonly outcome: Outcome;
      readonly ranSeconds?: number | undefined;
      readonly at: Timestamp;
    }
  | {
      readonly type: "fail";
      readonly reason: FailureReason;
      readonly detail?: string | undefined;
      readonly request?: ProviderRequest | undefined;
      readonly at: Timestamp;
    }
  | { readonly type: "cancel"; readonly at: Timestamp };

type Row = Partial<Record<OrderTransition["type"], OrderStatus>>;

/** The whole lifecycle of an order. A transition missing from a row is illegal in that status. */
export const orderLifecycle = {
  requested: { submit: "submitting", reject: "failed", cancel: "cancelled" },
  submitting: {
    accept: "submitted",
    lose: "unknown",
    reject: "failed",
    retry: "requested",
    succeed: "succeeded",
    fail: "failed",
  },
  submitted: { progress: "submitted", succeed: "succeeded", fail: "failed", cancel: "cancelled" },
  unknown: { accept: "submitted", succeed: "succeeded", fail: "failed" },
  succeeded: {},
  failed: {},
  cancelled: {},
} as const satisfies Record<OrderStatus, Row>;

/** The statuses in which an order is under way. */
export const activeStatuses = ["requested", "submitting", "submitted", "unknown"] as const satisfies OrderStatus[];

/** Whether the status is terminal. */
export const isTerminal = (status: OrderStatus): boolean => Object.keys(orderLifecycle[status]).length === 0;

export type Ended = Extract<OrderState, { status: "succeeded" | "failed" | "cancelled" }>;

export const hasEnded = (state: OrderState): state is Ended => isTerminal(state.status);

/** The same end state with a changed outcome. */
export const withOutcome = (state: Ended, outcome: Outcome): Ended =>
  state.status === "succeeded" ? { ...state, outcome } : { ...state, lateOutcome: outcome };

/** Applies one transition. The only function that changes an order's status. */
export function advanceOrder(order: Order, transition: OrderTransition): Result<Order, IllegalTransition> {
  const row: Row = orderLifecycle[order.state.status];
  if (!row[transition.type])
    return err({ type: "illegal-transition", entity: "order", from: order.state.status, transition: transition.type });
  return ok({ ...order, state: enter(order, transition) });
}

function enter(order: Order, transition: OrderTransition): OrderState {
  const from = order.state;
  const request = requestOf(order);
  // Kept after the end too, because an erasure needs it.
  const { prepared } = from;
  switch (transition.type) {
    case "submit":
      return { status: "submitting", prepared: transition.prepared, submitStartedAt: transition.at };
    case "accept":
      return {
        status: "submitted",
        prepared: preparedIn(from),
        request: transition.request,
        submittedAt: transition.at,
        progress: {},
      };
    case "lose":
      return { status: "unknown", prepared: preparedIn(from), submitStartedAt: submitStartOf(from) };
    case "retry":
      return { status: "requested", prepared: preparedIn(from) };
    case "progress":
      if (from.status !== "submitted") throw inconsistent(from);
      return { ...from, progress: forwards(from.progress, transition.progress) };
    case "succeed":
      return {
        status: "succeeded",
        request: request ?? transition.request,
        submittedAt: from.status === "submitted" ? from.submittedAt : submitStartOf(from),
        finishedAt: transition.at,
        outcome: transition.outcome,
        ...withoutUndefined({ prepared, ranSeconds: transition.ranSeconds }),
      };
    case "reject":
    case "fail":
      return {
        status: "failed",
        reason: transition.reason,
        finishedAt: transition.at,
        ...withoutUndefined({
          // This text comes from the provider. It is cleaned, because it is stored and people read it.
          detail: transition.detail === undefined ? undefined : cleanText(transition.detail),
          request: request ?? requestIn(transition),
          prepared,
        }),
      };
    case "cancel":
      return { status: "cancelled", finishedAt: transition.at, ...withoutUndefined({ request, prepared }) };
  }
}

/** Progress never decreases, even when log lines or deliveries arrive late or out of order. */
function forwards(from: Progress, to: Progress): Progress {
  const startedAt = from.startedAt ?? to.startedAt;
  return withoutUndefined({
    startedAt,
    position: startedAt === undefined ? to.position : undefined,
    percent: to.percent === undefined ? from.percent : Math.max(from.percent ?? 0, to.percent),
    missingSince: to.missingSince && (from.missingSince ?? to.missingSince),
  });
}

const requestIn = (transition: OrderTransition): ProviderRequest | undefined =>
  transition.type === "fail" ? transition.request : undefined;

function preparedIn(state: OrderState): Prepared {
  if (state.prepared === undefined) throw inconsistent(state);
  return state.prepared;
}

function submitStartOf(state: OrderState): Timestamp {
  if (!("submitStartedAt" in state)) throw inconsistent(state);
  return state.submitStartedAt;
}
