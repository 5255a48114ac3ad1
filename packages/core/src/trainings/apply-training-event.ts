import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { IllegalTransition } from "../errors.ts";
import { jobKinds } from "../jobs/job-kinds.ts";
import { trainingJob } from "../jobs/jobs.ts";
import { copyDeadline } from "../models/model.ts";
import { atomically } from "../ports/atomically.ts";
import type { Ports } from "../ports/ports.ts";
import type { SaveError, StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import type { Timestamp } from "../values/timestamp.ts";
import type { InboxOutcome } from "../webhooks/inbox-delivery.ts";
import { changeTraining, holdTraining, type ChangePorts } from "./change-training.ts";
import { enqueuePoll, nextPoll } from "./poll.ts";
import type { TrainingNews } from "./training-event.ts";
import { isTerminal, type TrainingTransition } from "./training-lifecycle.ts";
import { idsOf, requestOf, type ProviderRequest, type Training, type TrainingState } from "./training.ts";

export type ApplyOutcome = Extract<InboxOutcome, "applied" | "late" | "ignored" | "foreign" | "unknown_training">;

export type ApplyPorts = ChangePorts & Pick<Ports, "log" | "random">;

export type ApplyTrainingEventError = IllegalTransition | StorageFailure;

/** Applies what the provider reports about a training, by webhook or poll. Safe to repeat and in any order. */
export function applyTrainingEvent(
  ports: ApplyPorts & Pick<Ports, "store">,
  { trainingId, event }: { readonly trainingId: string; readonly event: TrainingNews },
): ResultAsync<ApplyOutcome, ApplyTrainingEventError> {
  return atomically(ports.store, (tx) => applyWithin(tx, ports, trainingId, event));
}

/** The same inside the caller's transaction, so that a delivery is settled together with its effect. */
export function applyWithin(
  tx: Repositories,
  ports: ApplyPorts,
  trainingId: string,
  event: TrainingNews,
): ResultAsync<ApplyOutcome, IllegalTransition | SaveError> {
  return safeTry(async function* () {
    const training = yield* holdTraining(tx, trainingId);
    if (!training) return ok<ApplyOutcome>("unknown_training");

    const known = requestOf(training);
    if (known && known.requestId !== event.requestId) return ok<ApplyOutcome>("foreign");
    if (isTerminal(training.state.status)) return keepLateResult(tx, ports, training, event);

    const at = ports.clock.now();
    const acceptance = untilSubmitted(training.state, event, at);
    if (!acceptance) return ok<ApplyOutcome>("foreign");
    const nextCheckAt = nextPoll(submittedAt(training.state, at), at, ports.policy, ports.random());
    yield* changeTraining(tx, ports, { ...training, nextCheckAt }, [...acceptance, transitionOf(event, at)]);
    if (acceptance.length > 0) yield* enqueuePoll(tx, trainingId, nextCheckAt);
    return okAsync<ApplyOutcome>("applied");
  });
}

/** The transition that an event makes in a submitted training. */
function transitionOf(event: TrainingNews, at: Timestamp): TrainingTransition {
  const request: ProviderRequest = { requestId: event.requestId };
  switch (event.type) {
    case "queued":
      return { type: "progress", progress: { position: event.position } };
    case "running":
      return { type: "progress", progress: { percent: event.percent, startedAt: at } };
    case "succeeded":
      return { type: "succeed", request, model: event.model, at };
    case "failed":
      return { type: "fail", reason: "provider_error", detail: event.detail, request, at };
  }
}

/**
 * An event about a training proves that the provider accepted it, even if its row does not say so yet because the
 * answer to the POST is still under way, was lost, or looked like a refusal. The training must not be submitted again.
 * `undefined`: the event cannot be about this training, because its photos were never uploaded.
 */
function untilSubmitted(state: TrainingState, event: TrainingNews, at: Timestamp): TrainingTransition[] | undefined {
  const accept: TrainingTransition = { type: "accept", request: { requestId: event.requestId }, at };
  switch (state.status) {
    case "requested":
      return state.archiveUrl === undefined
        ? undefined
        : [{ type: "submit", archiveUrl: state.archiveUrl, at }, accept];
    case "submitting":
    case "unknown":
      return [accept];
    default:
      return [];
  }
}

const submittedAt = (state: TrainingState, now: Timestamp): Timestamp =>
  state.status === "submitted" ? state.submittedAt : now;

/**
 * An event about a training that has ended does not change its status. A result that arrives after the training was
 * given up was paid for, though, so it is stored as `lateModel` and copied like any other model.
 */
function keepLateResult(
  tx: Repositories,
  { clock, policy, log }: Pick<Ports, "clock" | "policy" | "log">,
  training: Training,
  event: TrainingNews,
): ResultAsync<"late" | "ignored", SaveError> {
  const { id: trainingId, state } = training;
  return safeTry(async function* () {
    if (state.status !== "failed" && state.status !== "cancelled") return ok("ignored" as const);
    if (event.type !== "succeeded" || state.lateModel) return ok("late" as const);

    log.error(
      { requestId: event.requestId, ...idsOf(training), status: state.status },
      "a result came after the training was over; it is kept, to be adopted",
    );
    const request = state.request ?? { requestId: event.requestId };
    yield* tx.trainings.save({
      ...training,
      state: { ...state, request, lateModel: event.model },
      nextCheckAt: clock.now(),
      deadlineAt: copyDeadline(policy, clock.now()),
    });
    yield* tx.jobs.enqueue(trainingJob(jobKinds.finishTraining, trainingId));
    return okAsync("late" as const);
  });
}
