import type { ResultAsync } from "neverthrow";
import type { Job, StorageFailure, Timestamp } from "@likeness/core";
import { sql, type Insertable, type Kysely } from "kysely";
import { attempt, transaction } from "../attempt.ts";
import { compiledOnce } from "../compiled-once.ts";
import type { Database } from "../database.ts";
import { toJson } from "../store/columns.ts";
import type { JobRow, JobTable } from "./job-table.ts";

type Jobs = Kysely<Database>;

/** False when the claim was no longer valid: the job has a later claim, or is gone. */
type StillHeld = ResultAsync<boolean, StorageFailure>;

/** Adds each job, unless one with its kind and key is unclaimed. */
export const enqueueJobs = (db: Jobs, jobs: readonly Job[], now: Timestamp): ResultAsync<void, StorageFailure> =>
  attempt(db, async () => {
    const rows = jobs.map(({ kind, key, payload, runAt = now }) => ({
      kind,
      key,
      payload: toJson(payload),
      run_at: runAt,
      attempts: 0,
    }));
    const [only] = rows;
    if (only && rows.length === 1) await compiledOnce(db, "new job", only, (on, row) => insertNew(on, [row]));
    else await insertNew(db, rows).execute();
  });

type NewJob = Insertable<JobTable>;

const insertNew = (db: Jobs, rows: readonly NewJob[]) =>
  db
    .insertInto("likeness_job")
    .values(rows)
    .onConflict((conflict) => conflict.columns(["kind", "key"]).where(unclaimed).doNothing());

/** How many jobs of each kind may be claimed, and how many in all. */
interface Room {
  readonly ofKind: readonly (readonly [kind: string, count: number])[];
  readonly inAll: number;
}

interface Claim {
  readonly now: Timestamp;
  readonly until: Timestamp;
  readonly owner: string;
}

/** Each kind and its count are parameters of their own. */
type ClaimValues = Claim &
  Pick<Room, "inAll"> &
  Readonly<Record<`kind${number}`, string>> &
  Readonly<Record<`count${number}`, number>>;

/**
 * Claims the jobs that have been due longest, including jobs whose lease has expired. Each kind is read from its own place
 * in the index, so that many jobs of one kind do not delay the others.
 */
export const claimJobs = (
  db: Jobs,
  { ofKind, inAll }: Room,
  { now, until, owner }: Claim,
): ResultAsync<readonly JobRow[], StorageFailure> =>
  attempt(db, async () => {
    if (ofKind.length === 0) return [];
    const kinds = Object.fromEntries(ofKind.map(([kind], index) => [`kind${index}`, kind]));
    const counts = Object.fromEntries(ofKind.map(([, count], index) => [`count${index}`, count]));
    const values: ClaimValues = { ...kinds, ...counts, inAll, now, until, owner };
    const claimed = await compiledOnce(db, `claim of ${ofKind.length} kinds`, values, (on, given) => {
      const dueOfKinds = ofKind.map(
        (_, index) => sql`select * from (
          select id, run_at from likeness_job
          where kind = ${given[`kind${index}`]} and dead_at is null and run_at <= ${given.now}
            and (lease_until is null or lease_until <= ${given.now})
          order by run_at, id limit ${given[`count${index}`]}
        )`,
      );
      const due = sql<number>`(
        select id from (${sql.join(dueOfKinds, sql` union all `)}) order by run_at, id limit ${given.inAll}
      )`;
      return on
        .updateTable("likeness_job")
        .set((column) => ({ attempts: column("attempts", "+", 1), lease_owner: given.owner, lease_until: given.until }))
        .where("id", "in", due)
        .returningAll();
    });
    return claimed.toSorted(byDue);
  });

const byDue = (left: JobRow, right: JobRow): number =>
  left.run_at === right.run_at ? left.id - right.id : left.run_at < right.run_at ? -1 : 1;

export const extendLease = (db: Jobs, claimed: JobRow, until: Timestamp): StillHeld =>
  attempt(db, () => updateHeld(db, claimed, { lease_until: until }));

export const finishJob = (db: Jobs, claimed: JobRow): StillHeld => attempt(db, () => deleteHeld(db, claimed));

/** Releases the claim after a failure that is not permanent. */
export const retryJob = (db: Jobs, claimed: JobRow, runAt: Timestamp, error: string): StillHeld =>
  attempt(db, () => updateHeld(db, claimed, { ...released, run_at: runAt, last_error: error }));

/** Marks the job as dead. Of the dead jobs with the same kind and key only the last one is kept. */
export const buryJob = (db: Jobs, claimed: JobRow, at: Timestamp, error: string): StillHeld =>
  transaction(db, (tx) =>
    attempt(tx, async () => {
      const { kind, key } = claimed;
      const namesakes = tx.deleteFrom("likeness_job").where("kind", "=", kind).where("key", "=", key);
      await namesakes.where("dead_at", "is not", null).execute();
      return updateHeld(tx, claimed, { ...released, last_error: error, dead_at: at });
    }),
  );

/** Deletes dead jobs whose key is one of these, or begins with one and a colon. There are few dead jobs. */
export const forgetDeadJobs = (db: Jobs, keys: readonly string[]): ResultAsync<void, StorageFailure> =>
  attempt(db, async () => {
    const dead = await db.selectFrom("likeness_job").select(["id", "key"]).where("dead_at", "is not", null).execute();
    for (const { id, key } of dead)
      if (keys.some((each) => key === each || key.startsWith(`${each}:`)))
        await db.deleteFrom("likeness_job").where("id", "=", id).execute();
  });

/**
 * Releases the claim without counting the attempt. Merges it with a job enqueued meanwhile, at the earlier of both
 * times.
 */
export const putBackJob = (
  db: Jobs,
  claimed: JobRow,
  { runAt, attempts }: { readonly runAt: Timestamp; readonly attempts: number },
): StillHeld =>
  transaction(db, (tx) =>
    attempt(tx, async () => {
      if (!(await deleteHeld(tx, claimed))) return false;
      const { kind, key, payload, last_error } = claimed;
      const row = { kind, key, payload, last_error, run_at: runAt, attempts };
      const earlier = sql<Timestamp>`min(${sql.ref("likeness_job.run_at")}, excluded.run_at)`;
      await tx
        .insertInto("likeness_job")
        .values(row)
        .onConflict((conflict) => conflict.columns(["kind", "key"]).where(unclaimed).doUpdateSet({ run_at: earlier }))
        .execute();
      return true;
    }),
  );

/** The condition of the index `likeness_job_unclaimed`, repeated literally, so that SQLite uses the index. */
const unclaimed = sql<boolean>`attempts = 0 and dead_at is null`;

const released = { lease_owner: null, lease_until: null };

async function updateHeld(db: Jobs, { id, lease_owner }: JobRow, change: Partial<JobRow>): Promise<boolean> {
  const held = db.updateTable("likeness_job").set(change).where("id", "=", id).where("lease_owner", "=", lease_owner);
  return (await held.returning("id").executeTakeFirst()) !== undefined;
}

async function deleteHeld(db: Jobs, { id, lease_owner }: JobRow): Promise<boolean> {
  const deleted = await compiledOnce(db, "ended job", { id, lease_owner }, (on, held) =>
    on.deleteFrom("likeness_job").where("id", "=", held.id).where("lease_owner", "=", held.lease_owner).returning("id"),
  );
  return deleted.length > 0;
}
