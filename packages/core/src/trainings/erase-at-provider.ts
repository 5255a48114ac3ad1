import { okAsync, type ResultAsync } from "neverthrow";
import { withoutUndefined } from "../values/without-undefined.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { Ports } from "../ports/ports.ts";
import { deferral } from "../jobs/deferral.ts";
import { jobDone } from "../jobs/job-done.ts";
import type { ErasedTraining } from "./training-trace.ts";

/**
 * Asks the provider to erase its data of an erased training, until it has done so, refuses, or the deadline has passed:
 * a request that the provider calls running for ever has no other end. What the provider keeps is logged once, with the
 * ids by which an operator finds it there.
 */
export function eraseAtProvider(
  ports: Pick<Ports, "provider" | "clock" | "log">,
  { trace, avatarId, until }: ErasedTraining,
): ResultAsync<JobOutcome, never> {
  const { provider, clock, log } = ports;
  if (!provider.erase) return okAsync(jobDone);
  // The job's payload is all that is left of the training.
  const ids = withoutUndefined({ trainingId: trace.trainingId, avatarId, requestId: trace.requestId });
  return provider
    .erase(trace)
    .map((): JobOutcome => jobDone)
    .orElse((error) => {
      const { detail } = error;
      if (error.type === "provider-refused") {
        log.warn({ ...ids, status: error.status, detail }, "the provider keeps something of an erased training");
        return okAsync(jobDone);
      }
      if (until !== undefined && until <= clock.now()) {
        log.error({ ...ids, detail }, "erasing at the provider is given up");
        return okAsync(jobDone);
      }
      log.warn({ ...ids, detail }, "erasing at the provider has to wait");
      return okAsync(deferral(ports, error.retryAfterSeconds, until));
    });
}
