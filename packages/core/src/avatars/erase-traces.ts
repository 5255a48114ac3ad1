import { ok, safeTry, type ResultAsync } from "neverthrow";
import { addSeconds } from "../values/timestamp.ts";
import type { Training } from "../trainings/training.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { eraseJob } from "../jobs/jobs.ts";
import { traceOf } from "../trainings/training-trace.ts";

/** For erased trainings: enqueues the jobs that ask the provider to erase its data, if the provider can erase. */
export const eraseTraces = (
  { jobs }: Pick<Repositories, "jobs">,
  { provider, clock, policy }: Pick<Ports, "provider" | "clock" | "policy">,
  trainings: readonly Training[],
): ResultAsync<void, StorageFailure> =>
  safeTry(async function* () {
    const asked = provider.erase ? trainings.filter((training) => training.provider === provider.name) : [];
    const until = addSeconds(clock.now(), policy.erasureDeadlineSeconds);
    for (const training of asked) {
      const trace = traceOf(training);
      if (trace) yield* jobs.enqueue(eraseJob({ trace, avatarId: training.avatarId, until }));
    }
    return ok(undefined);
  });
