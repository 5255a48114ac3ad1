import type { Clock, Log } from "@likeness/core";
import type { PgBoss } from "pg-boss";

const quietMilliseconds = 60_000;

/**
 * Logs the errors of pg-boss; without a listener an error would end the process. In an outage every worker emits one at
 * every poll, so after one the log is quiet for a minute.
 *
 * @see https://github.com/timgit/pg-boss/blob/master/docs/api/events.md
 */
export function reportErrors(boss: PgBoss, { clock, log }: { readonly clock: Clock; readonly log: Log }): void {
  let quiet = false;
  boss.on("error", ({ message }) => {
    if (quiet) return;
    quiet = true;
    clock.after(quietMilliseconds, () => (quiet = false));
    log.warn({ error: message }, "pg-boss had an error");
  });
}
