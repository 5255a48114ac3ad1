import type { Clock } from "@likeness/core";
import type { JobAttempt, PgBoss } from "pg-boss";

/** Much shorter than the lease: what is done and not deleted would run once more after a crash. */
const gatherMilliseconds = 50;

export interface DoneJobs {
  /** Deletes it within 50 ms, together with others. */
  add(claim: JobAttempt): void;
  /** Resolves when all are deleted. A claim that could not be deleted is left to its lease. */
  flush(): Promise<void>;
}

/**
 * Deletes jobs of a queue that are done. They are not completed, because pg-boss would keep them for a while, with data
 * that may have been erased meanwhile.
 */
export function doneJobs(boss: PgBoss, name: string, { clock }: { readonly clock: Clock }): DoneJobs {
  let claims: JobAttempt[] = [];
  let deleting: Promise<void> = Promise.resolve();
  let callOff = (): void => undefined;

  const flush = async (): Promise<void> => {
    callOff();
    if (claims.length > 0) {
      const deleted = boss.deleteJob(name, claims).catch(() => undefined);
      deleting = Promise.all([deleting, deleted]).then(() => undefined);
    }
    claims = [];
    await deleting;
  };

  return {
    add: ({ id, retryCount }) => {
      claims.push({ id, retryCount });
      if (claims.length === 1) callOff = clock.after(gatherMilliseconds, () => void flush());
    },
    flush,
  };
}
