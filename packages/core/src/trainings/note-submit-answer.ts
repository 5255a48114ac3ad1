import { ok, okAsync, safeTry, type Result, type ResultAsync } from "neverthrow";
import { eraseTraces } from "../avatars/erase-avatar.ts";
import type { IllegalTransition } from "../errors.ts";
import { deferral, jobDone } from "../jobs/jobs.ts";
import { tellOwner } from "../messages/tell-owner.ts";
import { atomically } from "../ports/atomically.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { Ports } from "../ports/ports.ts";
import type { SaveError, StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import type { SubmitError } from "../ports/training-provider.ts";
import { addSeconds } from "../values/timestamp.ts";
import { changeTraining, holdTraining, moveTraining, type ChangePorts, type MovePorts } from "./change-training.ts";
import { callOffErased } from "./erase-at-provider.ts";
import type { FailureReason } from "./failure-reason.ts";
import { enqueuePoll } from "./poll.ts";
import { advanceTraining } from "./training-lifecycle.ts";
import { idsOf, requestOf, type ProviderRequest, type Training } from "./training.ts";

type NotePorts = MovePorts & Pick<Ports, "provider" | "log">;

/** Applies the provider's answer to the one submit. `requestedUntil`: when a deferred training is given up. */
export function noteSubmitAnswer(
  ports: NotePorts,
  training: Training,
  answer: Result<ProviderRequest, SubmitError>,
  requestedUntil: string | undefined,
): ResultAsync<JobOutcome, IllegalTransition | StorageFailure> {
  const { id: trainingId } = training;
  if (answer.isOk())
    return acceptTraining(ports, trainingId, answer.value)
      .andThen((noted) => (noted === "gone" ? cancelAndErase(ports, training, answer.value) : okAsync(undefined)))
      .map(() => jobDone);
  const { error } = answer;
  switch (error.type) {
    // Not retried, unlike a refused poll: a refused submit means that nothing runs, and the owner can start again at
    // once.
    case "submit-refused":
      return rejectTraining(ports, { trainingId, seen: "submitting", reason: "rejected", detail: error.detail });
    case "submit-deferred": {
      ports.log.warn({ ...idsOf(training), detail: error.detail }, "the provider takes the training later");
      const later = deferral(ports, error.retryAfterSeconds, requestedUntil);
      return deferTraining(ports, trainingId, later.at).map(() => later);
    }
    case "submit-unconfirmed":
      ports.log.warn({ ...idsOf(training), detail: error.detail }, "the provider did not confirm the training");
      return markUnknown(ports, trainingId).map(() => jobDone);
  }
}

/** The avatar was erased during the request, so the accepted training is cancelled and erased at the provider. */
function cancelAndErase(ports: NotePorts, training: Training, request: ProviderRequest) {
  ports.log.error({ ...idsOf(training), requestId: request.requestId }, "the provider accepted an erased training");
  const accepted = advanceTraining(training, { type: "accept", request, at: ports.clock.now() });
  return accepted.asyncAndThen((submitted) =>
    callOffErased(ports, submitted).andThen(() => eraseTraces(ports.store, ports, [submitted])),
  );
}

/** The provider certainly did not accept it, so it goes back to `requested` and may be submitted again. */
const deferTraining = (ports: MovePorts, trainingId: string, nextCheckAt: string) =>
  moveTraining(ports, trainingId, ({ state }) =>
    state.status === "submitting" ? { transitions: [{ type: "retry" }], nextCheckAt } : undefined,
  );

type AcceptPorts = ChangePorts & Pick<Ports, "store" | "log">;

/**
 * Notes that the provider accepted the training, as its answer or its list says. A webhook may have said so before. A
 * training that was given up meanwhile keeps its outcome and gets the request too, so that a later delivery with its
 * request id is recognised. `gone`: the training was erased.
 */
export function acceptTraining(
  ports: AcceptPorts,
  trainingId: string,
  request: ProviderRequest,
): ResultAsync<"noted" | "gone", IllegalTransition | StorageFailure> {
  return atomically(ports.store, (tx) =>
    safeTry(async function* () {
      const training = yield* holdTraining(tx, trainingId);
      if (!training) return ok("gone" as const);
      yield* accept(tx, ports, training, request);
      return ok("noted" as const);
    }),
  );
}

function accept(
  tx: Repositories,
  ports: AcceptPorts,
  training: Training,
  request: ProviderRequest,
): ResultAsync<unknown, IllegalTransition | SaveError> {
  const { clock, policy, log } = ports;
  const { id: trainingId, state } = training;
  const at = clock.now();
  switch (state.status) {
    case "submitting":
    case "unknown": {
      const nextCheckAt = addSeconds(at, policy.pollSeconds);
      return changeTraining(tx, ports, { ...training, nextCheckAt }, [{ type: "accept", request, at }]).andThen(() =>
        enqueuePoll(tx, trainingId, nextCheckAt),
      );
    }
    case "failed":
    case "cancelled":
      log.error(
        { ...idsOf(training), requestId: request.requestId, status: state.status },
        "the provider accepted a training that was given up",
      );
      return state.request ? okAsync(undefined) : tx.trainings.save({ ...training, state: { ...state, request } });
    case "submitted":
    case "succeeded":
      if (requestOf(training)?.requestId !== request.requestId)
        log.error(
          { ...idsOf(training), otherRequestId: request.requestId },
          "the provider has two requests for one training",
        );
      return okAsync(undefined);
    case "requested":
      return okAsync(undefined);
  }
}

/** Marks a training as `unknown`: the provider may have it. Tells the owner and polls the provider, both at once. */
export function markUnknown(
  ports: MovePorts,
  trainingId: string,
): ResultAsync<Training | undefined, IllegalTransition | StorageFailure> {
  return moveTraining(ports, trainingId, ({ state }) => {
    if (state.status !== "submitting") return undefined;
    const at = ports.clock.now();
    const content = { template: "training-unconfirmed" } as const;
    return {
      transitions: [{ type: "lose" }],
      nextCheckAt: at,
      alongside: (tx, training) =>
        tx.avatars
          .find(training.avatarId)
          .andThen((avatar) =>
            avatar ? tellOwner(tx, ports, { avatar, trainingId, content, dueAt: at }) : okAsync(undefined),
          )
          .andThen(() => enqueuePoll(tx, trainingId, at)),
    };
  });
}

export interface Rejection {
  readonly trainingId: string;
  /** The status that the caller read. In any other status the training is left alone: it may be at the provider. */
  readonly seen: "requested" | "submitting";
  readonly reason: FailureReason;
  readonly detail?: string;
}

/** Ends a training that certainly never ran at the provider. */
export function rejectTraining(
  ports: MovePorts & Pick<Ports, "log">,
  { trainingId, seen, ...why }: Rejection,
): ResultAsync<JobOutcome, IllegalTransition | StorageFailure> {
  return moveTraining(ports, trainingId, ({ state }) => {
    if (state.status !== seen) return undefined;
    const at = ports.clock.now();
    return { transitions: [{ type: "reject", ...why, at }], nextCheckAt: at };
  }).map((rejected) => {
    if (rejected) ports.log.error({ ...idsOf(rejected), ...why }, "the training was not submitted");
    return jobDone;
  });
}
