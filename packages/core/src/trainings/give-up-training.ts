import type { ResultAsync } from "neverthrow";
import type { IllegalTransition } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { moveTraining, type MovePorts } from "./change-training.ts";
import type { FailureReason } from "./failure-reason.ts";
import { idsOf, type Training } from "./training.ts";

/**
 * Fails a training whose deadline has passed or whose result is gone, unless its status has changed since it was read.
 */
export function giveUpTraining(
  ports: MovePorts & Pick<Ports, "log">,
  { id: trainingId, state: seen }: Training,
  reason: FailureReason,
): ResultAsync<void, IllegalTransition | StorageFailure> {
  return moveTraining(ports, trainingId, ({ state }) => {
    if (state.status !== seen.status) return undefined;
    const at = ports.clock.now();
    return { transitions: [{ type: "fail", reason, at }], nextCheckAt: at };
  }).map((failed) => {
    if (failed) ports.log.error({ ...idsOf(failed), reason }, "the training is given up");
  });
}
