import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { IllegalTransition } from "../errors.ts";
import { addSeconds } from "../values/timestamp.ts";
import { requestOf, type ProviderRequest, type Training } from "./training.ts";
import type { Ports } from "../ports/ports.ts";
import type { SaveError, StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { atomically } from "../ports/atomically.ts";
import { changeTraining, type ChangePorts } from "./change-training.ts";
import { enqueuePoll } from "./enqueue-poll.ts";
import { holdTraining } from "./hold-training.ts";
import { idsOf } from "./ids-of.ts";

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
