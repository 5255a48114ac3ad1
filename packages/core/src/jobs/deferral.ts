import { addSeconds, type Timestamp } from "../values/timestamp.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { Ports } from "../ports/ports.ts";

const usualSeconds = 30;
const shortestSeconds = 5;

/**
 * When to try again. The service that deferred the request may have named a time; it is limited to at least five
 * seconds, so that there is no busy loop, and at most the deadline.
 */
export function deferral(
  { clock }: Pick<Ports, "clock">,
  seconds = usualSeconds,
  deadline?: Timestamp,
): JobOutcome & { readonly type: "again" } {
  const at = addSeconds(clock.now(), Math.max(seconds, shortestSeconds));
  return { type: "again", at: deadline !== undefined && deadline < at ? deadline : at };
}
