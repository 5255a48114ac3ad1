import { okAsync, type ResultAsync } from "neverthrow";
import { withoutUndefined } from "../domain/without-undefined.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { Ports } from "../ports/ports.ts";
import type { TrainingTrace } from "../ports/training-provider.ts";
import { deferral } from "./deferral.ts";
import { jobDone } from "./job-done.ts";

/**
 * Asks the provider to erase what it keeps of an erased training, until it has or refuses. A refusal is said once: asking
 * again changes nothing.
 */
export function eraseAtProvider(
  ports: Pick<Ports, "provider" | "clock" | "log">,
  trace: TrainingTrace,
): ResultAsync<JobOutcome, never> {
  const { provider, log } = ports;
  if (!provider.erase) return okAsync(jobDone);
  // Nothing else is left of it.
  const ids = withoutUndefined({ trainingId: trace.trainingId, requestId: trace.requestId });
  return provider
    .erase(trace)
    .map((): JobOutcome => jobDone)
    .orElse((error) => {
      const { detail } = error;
      if (error.type === "provider-unavailable") {
        log.warn({ ...ids, detail }, "erasing at the provider has to wait");
        return okAsync(deferral(ports, error.retryAfterSeconds));
      }
      const { status } = error;
      log.warn({ ...ids, status, detail }, "the provider keeps something of an erased training");
      return okAsync(jobDone);
    });
}
