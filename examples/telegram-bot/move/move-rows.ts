import type { Database } from "@likeness/kysely";
import { sql, type Kysely } from "kysely";
import type { Storage } from "../storage/storage.ts";
import { batches } from "./batches.ts";
import { countRows, filled, type Counts } from "./count-rows.ts";
import { moveJobs, type MovedJobs } from "./move-jobs.ts";
import { movedTables } from "./moved-tables.ts";

export type MovedRows =
  | { readonly type: "not-empty"; readonly rows: Counts }
  | { readonly type: "counts-differ"; readonly source: Counts; readonly target: Counts }
  | { readonly type: "moved"; readonly source: Counts; readonly target: Counts; readonly jobs: MovedJobs };

/**
 * Copies every row, and enqueues what waits, in one transaction of the target, so that a move which was killed has left
 * nothing. Both are migrated, and nobody else writes to the source. Only a batch of rows is in memory.
 */
export async function moveRows(
  source: Kysely<Database>,
  { db, jobsWithin }: Pick<Storage, "db" | "jobsWithin">,
): Promise<MovedRows> {
  const done: { outcome?: MovedRows } = {};
  try {
    await db.transaction().execute(async (tx) => {
      done.outcome = await moveWithin(tx, source, jobsWithin);
      if (done.outcome.type !== "moved") throw rolledBack;
    });
  } catch (error) {
    if (error !== rolledBack) throw error;
  }
  if (!done.outcome) throw new Error("the transaction ended without an outcome");
  return done.outcome;
}

/** Kysely rolls back when its callback throws. */
const rolledBack = new Error("rolled back");

async function moveWithin(
  tx: Kysely<Database>,
  source: Kysely<Database>,
  jobsWithin: Storage["jobsWithin"],
): Promise<MovedRows> {
  await sql`set local statement_timeout = 0`.execute(tx);
  // Another move waits, and so does a bot that starts on the target.
  await sql`lock table ${sql.join(movedTables.map((table) => sql.table(table)))} in share row exclusive mode`.execute(
    tx,
  );
  const rows = filled(await countRows(tx, movedTables));
  if (Object.keys(rows).length > 0) return { type: "not-empty", rows };
  for (const table of movedTables)
    for await (const batch of batches(source.withTables<AnyTables>().selectFrom(table).selectAll().stream()))
      await tx.withTables<AnyTables>().insertInto(table).values(batch).execute();
  const jobs = await moveJobs(source, jobsWithin(tx));
  const counts = { source: await countRows(source, movedTables), target: await countRows(tx, movedTables) };
  const isSame = movedTables.every((table) => counts.source[table] === counts.target[table]);
  return isSame ? { type: "moved", ...counts, jobs } : { type: "counts-differ", ...counts };
}

type AnyTables = Record<string, Record<string, string | number | null>>;
