import { describeCause, type Clock, type Log } from "@likeness/core";
import type { Queues } from "./queues.ts";

export interface QueueRestorer {
  stop(): void;
}

const intervalMilliseconds = 10_000;

/** Creates pg-boss's queues and tables again if they were deleted, and logs an outage once. */
export function restoreQueues(
  queues: Queues,
  kinds: readonly string[],
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): QueueRestorer {
  let stopped = false;
  let failing = false;
  let callOff = (): void => undefined;

  const look = async (): Promise<void> => {
    const cause = await queues.restore(kinds).then(
      (wereGone) => void (wereGone && log.error({}, "pg-boss's tables were gone with all jobs, and are made anew")),
      (failure: unknown) => failure ?? "unknown",
    );
    if (stopped) return;
    if (cause && !failing) log.error({ error: describeCause(cause) }, "jobs cannot be claimed");
    if (!cause && failing) log.info({}, "jobs can be claimed again");
    failing = cause !== undefined;
    lookLater();
  };

  const lookLater = (): void => {
    callOff = clock.after(intervalMilliseconds, () => void look());
  };

  lookLater();
  return {
    stop: () => {
      stopped = true;
      callOff();
    },
  };
}
