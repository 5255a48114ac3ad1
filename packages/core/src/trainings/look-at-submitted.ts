import { okAsync, safeTry } from "neverthrow";
import { secondsBetween } from "../values/timestamp.ts";
import type { Training } from "./training.ts";
import type { TrainingEvent } from "./training-event.ts";
import type { ProviderError, RequestNotFound } from "../ports/training-provider.ts";
import { applyTrainingEvent } from "./apply-training-event.ts";
import { giveUpTraining } from "./give-up-training.ts";
import { idsOf } from "./ids-of.ts";
import { isOverdue, reportProviderError, type Looked, type LookPorts } from "./look.ts";
import { moveTraining } from "./move-training.ts";

/** Polls the provider for a training that it has accepted, and applies the answer. */
export function lookAtSubmitted(ports: LookPorts, training: Training): Looked {
  if (isOverdue(ports, training)) return timeOut(ports, training);
  return safeTry(async function* () {
    const status = await ports.provider.status(training);
    return status.isOk() ? take(ports, training, status.value) : afterError(ports, training, status.error);
  });
}

/** Cancels it at the provider, so that it costs no more; a result that the last poll finds is still taken. */
function timeOut(ports: LookPorts, training: Training): Looked {
  return safeTry(async function* () {
    const cancelled = await ports.provider.cancel(training);
    if (cancelled.isErr()) reportProviderError(ports, training, cancelled.error);
    const last = await ports.provider.result(training);
    return last.isOk() && last.value.type === "succeeded"
      ? take(ports, training, last.value)
      : giveUpTraining(ports, training, "provider_timeout");
  });
}

/** Fetches the result when the status is `finished`, which does not say whether it succeeded. */
const take = (ports: LookPorts, training: Training, event: TrainingEvent): Looked =>
  event.type === "finished"
    ? takeResult(ports, training)
    : applyTrainingEvent(ports, { trainingId: training.id, event });

function takeResult(ports: LookPorts, training: Training): Looked {
  return safeTry(async function* () {
    const result = await ports.provider.result(training);
    if (result.isOk())
      return result.value.type === "finished" ? okAsync(undefined) : take(ports, training, result.value);
    if (result.error.type === "request-not-found") return noteMissing(ports, training);
    reportProviderError(ports, training, result.error);
    return okAsync(undefined);
  });
}

/** A provider may delete the status of a request before it deletes its result. */
function afterError(ports: LookPorts, training: Training, error: ProviderError | RequestNotFound): Looked {
  if (error.type === "request-not-found") return takeResult(ports, training);
  reportProviderError(ports, training, error);
  return okAsync(undefined);
}

/**
 * A single answer that the request is unknown, or that a finished request has no result, may be a temporary error, so
 * the training fails only when the answer stays the same for some time.
 */
function noteMissing(ports: LookPorts, training: Training): Looked {
  const { clock, policy, log } = ports;
  const now = clock.now();
  const missingSince = (training.state.status === "submitted" && training.state.progress.missingSince) || now;
  log.warn({ ...idsOf(training), missingSince }, "the provider does not know the training, or what came out");
  if (secondsBetween(missingSince, now) >= policy.unknownDeadlineSeconds)
    return giveUpTraining(ports, training, "result_lost");
  return moveTraining(ports, training.id, ({ state }) =>
    state.status === "submitted"
      ? {
          transitions: [{ type: "progress", progress: { position: state.progress.position, missingSince } }],
          nextCheckAt: now,
        }
      : undefined,
  );
}
