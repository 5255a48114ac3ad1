import { addSeconds, type Job, type JobFailure, type JobOutcome, type Timestamp } from "@likeness/core";
import type { Result } from "neverthrow";
import { copyOf } from "./copy-of.ts";
import { rowsBy } from "./rows.ts";
import type { StoredJob, Tables } from "./tables.ts";

/** Whether no worker has claimed it since it was enqueued, or since it asked to run again. */
const isUnclaimed = (job: StoredJob): boolean => job.attempts === 0 && !job.claim && !job.dead;

const waitingTwin = ({ jobs }: Tables, { kind, key }: Job): StoredJob | undefined =>
  [...jobs.values()].find((job) => isUnclaimed(job) && job.kind === kind && job.key === key);

/** Adds a job, unless one with its kind and key is unclaimed. */
export function enqueueJob(tables: Tables, job: Job, id: string, now: Timestamp): void {
  if (waitingTwin(tables, job)) return;
  tables.jobs.set(id, { ...copyOf(job), runAt: job.runAt ?? now, id, attempts: 0 });
}

/** Deletes dead jobs whose key is one of these, or begins with one of these and a colon. */
export function forgetDeadJobs({ jobs }: Tables, keys: readonly string[]): void {
  for (const { id, key, dead } of jobs.values())
    if (dead && keys.some((each) => key === each || key.startsWith(`${each}:`))) jobs.delete(id);
}

/** When a job can be claimed: at its time, or when its lease expires. */
const claimableAt = (job: StoredJob): Timestamp => job.claim?.until ?? job.runAt;

/** Jobs of these kinds that are not dead, sorted by when they can be claimed. */
const openJobs = ({ jobs }: Tables, kinds: ReadonlySet<string>): StoredJob[] =>
  rowsBy(
    jobs,
    (job) => kinds.has(job.kind) && !job.dead,
    (job) => claimableAt(job) + job.id,
  );

export interface Lease {
  readonly token: () => string;
  readonly until: Timestamp;
}

/** Claims the jobs of these kinds that are due, all of them or at most a number. */
export function claimJobs(
  tables: Tables,
  kinds: ReadonlySet<string>,
  now: Timestamp,
  { token, until }: Lease,
  limit = Infinity,
): StoredJob[] {
  const due = openJobs(tables, kinds).filter((job) => claimableAt(job) <= now);
  return due.slice(0, limit).map((job) => {
    const claimed = { ...job, attempts: job.attempts + 1, claim: { token: token(), until } };
    tables.jobs.set(job.id, claimed);
    return claimed;
  });
}

/** When the next job of these kinds can be claimed. */
export function nextDue(tables: Tables, kinds: ReadonlySet<string>): Timestamp | undefined {
  const [first] = openJobs(tables, kinds);
  return first && claimableAt(first);
}

/** Whether a claim is still valid: after its lease expired, another worker may have claimed the job. */
const holds = ({ jobs }: Tables, claimed: StoredJob): boolean =>
  claimed.claim !== undefined && jobs.get(claimed.id)?.claim?.token === claimed.claim.token;

export function extendLease(tables: Tables, claimed: StoredJob, until: Timestamp): boolean {
  if (!claimed.claim || !holds(tables, claimed)) return false;
  tables.jobs.set(claimed.id, { ...claimed, claim: { token: claimed.claim.token, until } });
  return true;
}

/** Puts a claimed job back, to be claimed at once, but after what else is due. */
export function handBack(tables: Tables, claimed: StoredJob, now: Timestamp): void {
  if (holds(tables, claimed)) release(tables, claimed, { attempts: claimed.attempts - 1, runAt: now });
}

export interface Retries {
  readonly now: Timestamp;
  readonly maxAttempts: number;
}

/** Stores the outcome of a run, unless another worker has claimed the job since; returns whether. */
export function finishJob(
  tables: Tables,
  claimed: StoredJob,
  result: Result<JobOutcome, JobFailure>,
  { now, maxAttempts }: Retries,
): boolean {
  if (!holds(tables, claimed)) return false;
  result.match(
    (outcome) => {
      if (outcome.type === "done") tables.jobs.delete(claimed.id);
      else release(tables, claimed, { attempts: 0, runAt: outcome.at });
    },
    ({ permanent, cause }) => {
      const { claim: _, ...job } = claimed;
      if (permanent || job.attempts >= maxAttempts) tables.jobs.set(job.id, { ...job, dead: { cause, at: now } });
      else tables.jobs.set(job.id, { ...job, runAt: addSeconds(now, 2 ** (job.attempts - 1)) });
    },
  );
  return true;
}

/** Releases the claim. Merges it with an unclaimed job of the same key, at the earlier of both times. */
function release(tables: Tables, claimed: StoredJob, change: Partial<StoredJob>): void {
  const { claim: _, ...job } = { ...claimed, ...change };
  const twin = job.attempts === 0 ? waitingTwin(tables, job) : undefined;
  if (twin && twin.runAt <= job.runAt) tables.jobs.delete(job.id);
  else tables.jobs.set(job.id, job);
  if (twin && twin.runAt > job.runAt) tables.jobs.delete(twin.id);
}
