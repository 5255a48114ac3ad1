import { ok, safeTry, type ResultAsync } from "neverthrow";
import type { Training } from "../domain/training.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { eraseJob } from "./jobs.ts";
import { traceOf } from "./training-trace.ts";

/** Of erased trainings: enqueues the jobs that ask the provider to erase what it keeps, if it can. */
export const eraseTraces = (
  { jobs }: Pick<Repositories, "jobs">,
  { provider }: Pick<Ports, "provider">,
  trainings: readonly Training[],
): ResultAsync<void, StorageFailure> =>
  safeTry(async function* () {
    const asked = provider.erase ? trainings.filter((training) => training.provider === provider.name) : [];
    for (const trace of asked.flatMap((training) => traceOf(training) ?? [])) yield* jobs.enqueue(eraseJob(trace));
    return ok(undefined);
  });
