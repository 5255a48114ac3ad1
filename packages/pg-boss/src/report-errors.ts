import type { Clock, Log } from "@likeness/core";
import type { PgBoss } from "pg-boss";

const quietMilliseconds = 60_000;

/**
 * Listens to the errors of pg-boss, because one that nobody hears ends the process. In an outage every one of its workers
 * tells one at every poll, so after one there is silence for a minute.
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
