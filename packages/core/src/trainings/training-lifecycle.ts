import { err, ok, type Result } from "neverthrow";
import type { IllegalTransition } from "../errors.ts";
import type { Model } from "../models/model.ts";
import { cleanText } from "../values/clean-text.ts";
import { inconsistent } from "../values/inconsistent.ts";
import type { Timestamp } from "../values/timestamp.ts";
import { withoutUndefined } from "../values/without-undefined.ts";
import type { FailureReason } from "./failure-reason.ts";
import {
  requestOf,
  type Progress,
  type ProviderRequest,
  type Training,
  type TrainingState,
  type TrainingStatus,
} from "./training.ts";

/** What can happen to a training. */
export type TrainingTransition =
  | { readonly type: "submit"; readonly archiveUrl: string; readonly at: Timestamp }
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
  | { readonly type: "succeed"; readonly request: ProviderRequest; readonly model: Model; readonly at: Timestamp }
  | {
      readonly type: "fail";
      readonly reason: FailureReason;
      readonly detail?: string | undefined;
      readonly request?: ProviderRequest | undefined;
      readonly at: Timestamp;
    }
  | { readonly type: "cancel"; readonly at: Timestamp };

type Row = Partial<Record<TrainingTransition["type"], TrainingStatus>>;

/** The whole lifecycle of a training. A transition missing from a row is illegal in that status. */
export const trainingLifecycle = {
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
} as const satisfies Record<TrainingStatus, Row>;

/** The statuses in which a training is under way; an avatar has at most one such training. */
export const activeStatuses = ["requested", "submitting", "submitted", "unknown"] as const satisfies TrainingStatus[];

/** Whether the status is terminal. */
export const isTerminal = (status: TrainingStatus): boolean => Object.keys(trainingLifecycle[status]).length === 0;

export type Ended = Extract<TrainingState, { status: "succeeded" | "failed" | "cancelled" }>;

export const hasEnded = (state: TrainingState): state is Ended => isTerminal(state.status);

/** The same end state with a changed model. */
export const withModel = (state: Ended, model: Model): Ended =>
  state.status === "succeeded" ? { ...state, model } : { ...state, lateModel: model };

/** Applies one transition. The only function that changes a training's status. */
export function advanceTraining(
  training: Training,
  transition: TrainingTransition,
): Result<Training, IllegalTransition> {
  const row: Row = trainingLifecycle[training.state.status];
  if (!row[transition.type])
    return err({
      type: "illegal-transition",
      entity: "training",
      from: training.state.status,
      transition: transition.type,
    });
  return ok({ ...training, state: enter(training, transition) });
}

function enter(training: Training, transition: TrainingTransition): TrainingState {
  const from = training.state;
  const request = requestOf(training);
  // Kept after the end too, because an erasure needs the address.
  const { archiveUrl } = from;
  switch (transition.type) {
    case "submit":
      return { status: "submitting", archiveUrl: transition.archiveUrl, submitStartedAt: transition.at };
    case "accept":
      return {
        status: "submitted",
        archiveUrl: archiveUrlOf(from),
        request: transition.request,
        submittedAt: transition.at,
        progress: {},
      };
    case "lose":
      return { status: "unknown", archiveUrl: archiveUrlOf(from), submitStartedAt: submitStartOf(from) };
    case "retry":
      return { status: "requested", archiveUrl: archiveUrlOf(from) };
    case "progress":
      if (from.status !== "submitted") throw inconsistent(from);
      return { ...from, progress: forwards(from.progress, transition.progress) };
    case "succeed":
      return {
        status: "succeeded",
        request: request ?? transition.request,
        submittedAt: from.status === "submitted" ? from.submittedAt : submitStartOf(from),
        finishedAt: transition.at,
        model: transition.model,
        ...withoutUndefined({ archiveUrl }),
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
          archiveUrl,
        }),
      };
    case "cancel":
      return { status: "cancelled", finishedAt: transition.at, ...withoutUndefined({ request, archiveUrl }) };
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

const requestIn = (transition: TrainingTransition): ProviderRequest | undefined =>
  transition.type === "fail" ? transition.request : undefined;

function archiveUrlOf(state: TrainingState): string {
  if (!("archiveUrl" in state) || state.archiveUrl === undefined) throw inconsistent(state);
  return state.archiveUrl;
}

function submitStartOf(state: TrainingState): Timestamp {
  if (!("submitStartedAt" in state)) throw inconsistent(state);
  return state.submitStartedAt;
}
