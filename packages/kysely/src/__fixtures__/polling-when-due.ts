import { secondsBetween, type Clock, type Timestamp } from "@likeness/core";

interface Poll {
  readonly callback: () => void;
  /** The moment that it waits for. */
  due?: Timestamp | undefined;
  callOff(): void;
}

export interface PollingWhenDue {
  /** For the queue, whose only timers of less than a second are its polls. */
  readonly clock: Clock;
  /** Tells when the next job is due, if there is one. */
  noteNextDue(due: Timestamp | undefined): void;
}

/**
 * A clock that lets the queue poll when a job is due, and not four times a second. Scenarios wait for hours of a test
 * clock, and each poll is a statement.
 */
export function pollingWhenDue(clock: Clock): PollingWhenDue {
  const polls = new Set<Poll>();

  const schedule = (poll: Poll, due: Timestamp | undefined): void => {
    if (poll.due === due) return;
    poll.callOff();
    poll.due = due;
    if (due === undefined) return;
    // A job that is due but was not claimed, because too many others run, is looked for once a second.
    const seconds = due > clock.now() ? secondsBetween(clock.now(), due) : 1;
    poll.callOff = clock.after(seconds * 1_000, () => {
      polls.delete(poll);
      poll.callback();
    });
  };

  return {
    clock: {
      now: clock.now,
      after: (milliseconds, callback) => {
        if (milliseconds >= 1_000) return clock.after(milliseconds, callback);
        const poll: Poll = { callback, callOff: () => undefined };
        polls.add(poll);
        return () => {
          polls.delete(poll);
          poll.callOff();
        };
      },
    },
    noteNextDue: (due) => {
      for (const poll of polls) schedule(poll, due);
    },
  };
}

/** Asks for the moment at which the next job may be claimed; null when there is none. */
export const nextDueQuery = `select min(coalesce(lease_until, run_at)) as due from likeness_job where dead_at is null`;
