import { okAsync, type Result, type ResultAsync } from "neverthrow";
import type { IllegalTransition } from "../domain/errors.ts";
import type { FailureReason } from "../domain/failure-reason.ts";
import { jobKinds } from "../domain/job-kinds.ts";
import { addSeconds } from "../domain/timestamp.ts";
import { requestOf, type ProviderRequest, type Training } from "../domain/training.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import type { SubmitError } from "../ports/training-provider.ts";
import { moveTraining, type MovePorts } from "./move-training.ts";
import { tellOwner } from "./tell-owner.ts";

type SettlePorts = MovePorts & Pick<Ports, "log">;
type Settled<T> = ResultAsync<T, IllegalTransition | StorageFailure>;

const done: JobOutcome = { type: "done" };
const deferSeconds = 30;

/** When to try again what the provider put off; it may say so itself. */
export const deferral = ({ clock }: Pick<Ports, "clock">, seconds = deferSeconds) =>
  ({ type: "again", at: addSeconds(clock.now(), seconds) }) as const;

/** Notes what the provider answered to the one request. */
export function settleSubmission(
  ports: SettlePorts,
  trainingId: string,
  answer: Result<ProviderRequest, SubmitError>,
): Settled<JobOutcome> {
  if (answer.isOk()) return acceptTraining(ports, trainingId, answer.value).map(() => done);
  const { error } = answer;
  switch (error.type) {
    case "submit-refused":
      return rejectTraining(ports, trainingId, { reason: "rejected", detail: error.detail });
    case "submit-deferred":
      return deferTraining(ports, trainingId, deferral(ports, error.retryAfterSeconds));
    case "submit-unconfirmed":
      ports.log.warn({ trainingId, detail: error.detail }, "the provider did not confirm the training");
      return loseTraining(ports, trainingId).map(() => done);
  }
}

/** The provider has it. A webhook may have said so before us: then only what it did not know is filled in. */
export function acceptTraining(ports: SettlePorts, trainingId: string, request: ProviderRequest): Settled<unknown> {
  const { clock, policy, log } = ports;
  return moveTraining(ports, trainingId, (training) => {
    const at = clock.now();
    const known = requestOf(training);
    if (known && known.requestId !== request.requestId)
      log.error({ trainingId, known: known.requestId, other: request.requestId }, "two requests for one training");
    if (training.state.status !== "submitting" && training.state.status !== "unknown") return undefined;
    return {
      transitions: [{ type: "accept", request, at }],
      nextCheckAt: addSeconds(at, policy.pollSeconds),
      alongside: (tx) => pollAt(tx, trainingId, addSeconds(at, policy.pollSeconds)),
    };
  });
}

/** Nobody knows whether the provider has it. The owner is told at once, and the provider is asked at once. */
export function loseTraining(ports: SettlePorts, trainingId: string): Settled<Training | undefined> {
  return moveTraining(ports, trainingId, ({ state }) => {
    if (state.status !== "submitting") return undefined;
    const at = ports.clock.now();
    return {
      transitions: [{ type: "lose" }],
      nextCheckAt: at,
      alongside: (tx, training) =>
        tx.avatars
          .find(training.avatarId)
          .andThen((avatar) =>
            avatar
              ? tellOwner(tx, ports, { avatar, trainingId, content: { template: "training-unconfirmed" }, dueAt: at })
              : okAsync(undefined),
          )
          .andThen(() => pollAt(tx, trainingId, at)),
    };
  });
}

/** Ends a training that certainly never ran at the provider. */
export function rejectTraining(
  ports: SettlePorts,
  trainingId: string,
  why: { readonly reason: FailureReason; readonly detail?: string },
): Settled<JobOutcome> {
  ports.log.error({ trainingId, ...why }, "the training was not submitted");
  return moveTraining(ports, trainingId, ({ state }) => {
    if (state.status !== "requested" && state.status !== "submitting") return undefined;
    const at = ports.clock.now();
    return { transitions: [{ type: "reject", ...why, at }], nextCheckAt: at };
  }).map(() => done);
}

const deferTraining = (ports: SettlePorts, trainingId: string, later: JobOutcome & { readonly type: "again" }) =>
  moveTraining(ports, trainingId, ({ state }) =>
    state.status === "submitting" ? { transitions: [{ type: "retry" }], nextCheckAt: later.at } : undefined,
  ).map((): JobOutcome => later);

const pollAt = (tx: Repositories, trainingId: string, runAt: string) =>
  tx.jobs.enqueue({ kind: jobKinds.pollTraining, key: trainingId, payload: { trainingId }, runAt });
