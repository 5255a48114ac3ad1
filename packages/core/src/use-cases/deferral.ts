import { addSeconds, type Timestamp } from "../domain/timestamp.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { Ports } from "../ports/ports.ts";

const usualSeconds = 30;
const shortestSeconds = 5;

/**
 * When to try again what was put off. Whoever put it off may say so itself, but neither at once, which would be a loop,
 * nor beyond the deadline.
 */
export function deferral(
  { clock }: Pick<Ports, "clock">,
  seconds = usualSeconds,
  deadline?: Timestamp,
): JobOutcome & { readonly type: "again" } {
  const at = addSeconds(clock.now(), Math.max(seconds, shortestSeconds));
  return { type: "again", at: deadline !== undefined && deadline < at ? deadline : at };
}
