import type { Clock, Log } from "@likeness/core";
import type { PgBoss } from "pg-boss";

const quietMilliseconds = 60_000;

/**
 * Logs the errors of pg-boss; without a listener an error would end the process. In an outage every poll has one, so after
 * one the log is quiet for a minute. Returns what logs an error in the same way.
 *
 * @see https://github.com/timgit/pg-boss/blob/master/docs/api/events.md
 */
export function reportErrors(
  boss: PgBoss,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): (error: Error) => void {
  let quiet = false;
  const report = ({ message }: Error): void => {
    if (quiet) return;
    quiet = true;
    clock.after(quietMilliseconds, () => (quiet = false));
    log.warn({ error: message }, "pg-boss had an error");
  };
  boss.on("error", report);
  return report;
}
