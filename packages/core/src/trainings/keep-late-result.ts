import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { jobKinds } from "../jobs/job-kinds.ts";
import type { Training } from "./training.ts";
import type { TrainingNews } from "./training-event.ts";
import type { Ports } from "../ports/ports.ts";
import type { SaveError } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { copyDeadline } from "../models/copy-deadline.ts";
import { idsOf } from "./ids-of.ts";
import { trainingJob } from "../jobs/jobs.ts";

/**
 * An event about a training that has ended does not change its status. A result that arrives after the training was
 * given up was paid for, though, so it is stored as `lateModel` and copied like any other model.
 */
export function keepLateResult(
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
