import type { Clock, JobRecord, JobRecords } from "@likeness/core";
import { sql, type Kysely } from "kysely";
import { okAsync } from "neverthrow";
import { attempt, transaction } from "../attempt.ts";
import type { Database } from "../database.ts";
import { countRows, type CountedRows } from "../store/operator/count-rows.ts";
import type { JobRow } from "./job-table.ts";

/** What operators ask of the queue. */
export const jobRecords = (
  db: Kysely<Database>,
  { clock, wake }: { readonly clock: Clock; wake(): void },
): JobRecords => ({
  // Its migration was done, so no restart makes the table again.
  whenGone: "if the table likeness_job is gone, stop the bot and restore a backup",

  count: (limits) =>
    attempt(db, async () => (await Promise.all(states.map((rows) => countRows(db, rows, limits)))).flat()),

  dead: ({ limit, after }) =>
    attempt(db, async () => {
      const all = db.selectFrom("likeness_job").selectAll().where("dead_at", "is not", null);
      const page = after ? all.where(sql<boolean>`(dead_at, id) < (${after.at}, ${idOf(after.id) ?? 0})`) : all;
      return (await page.orderBy("dead_at", "desc").orderBy("id", "desc").limit(limit).execute()).map(recordOf);
    }),

  about: (keys, limit) =>
    attempt(db, async () => {
      const found: JobRow[] = [];
      for (const key of keys) {
        if (found.length >= limit) break;
        const jobs = db
          .selectFrom("likeness_job")
          .selectAll()
          .limit(limit - found.length);
        found.push(...(await jobs.where("key", "=", key).execute()));
        // The semicolon follows the colon.
        found.push(...(await jobs.where("key", ">=", `${key}:`).where("key", "<", `${key};`).execute()));
      }
      return found.slice(0, limit).map(recordOf);
    }),

  revive: (id) => {
    const number = idOf(id);
    if (number === undefined) return okAsync(undefined);
    return transaction(db, (tx) =>
      attempt(tx, async () => {
        const job = await tx.selectFrom("likeness_job").selectAll().where("id", "=", number).executeTakeFirst();
        if (!job) return undefined;
        if (job.dead_at === null) return "known" as const;
        await tx.deleteFrom("likeness_job").where("id", "=", number).execute();
        const { kind, key, payload, last_error } = job;
        const row = { kind, key, payload, last_error, run_at: clock.now(), attempts: 0 };
        const revived = await tx
          .insertInto("likeness_job")
          .values(row)
          .onConflict((conflict) =>
            conflict
              .columns(["kind", "key"])
              .where(sql<boolean>`attempts = 0 and dead_at is null`)
              .doNothing(),
          )
          .returning("id")
          .executeTakeFirst();
        return revived ? ("revived" as const) : ("known" as const);
      }),
    ).andTee(wake);
  },

  discard: (id) => {
    const number = idOf(id);
    if (number === undefined) return okAsync(false);
    return attempt(db, async () => {
      const dead = db.deleteFrom("likeness_job").where("id", "=", number).where("dead_at", "is not", null);
      return (await dead.returning("id").execute()).length > 0;
    });
  },
});

/** `undefined` for a text that is no id of this table. */
const idOf = (text: string): number | undefined => (/^\d{1,15}$/.test(text) ? Number(text) : undefined);

const recordOf = ({ id, kind, key, attempts, run_at, lease_owner, dead_at, last_error }: JobRow): JobRecord => ({
  id: String(id),
  kind,
  key,
  status: dead_at === null ? (lease_owner === null ? "waiting" : "running") : "dead",
  attempts,
  at: dead_at ?? run_at,
  ...(last_error !== null && { error: last_error }),
});

const states: readonly CountedRows[] = [
  {
    of: "job",
    table: "likeness_job",
    kind: sql.ref("kind"),
    status: sql`case when lease_owner is null then 'waiting' else 'running' end`,
    time: "run_at",
    where: sql`dead_at is null`,
  },
  {
    of: "job",
    table: "likeness_job",
    kind: sql.ref("kind"),
    status: sql`'dead'`,
    time: "dead_at",
    where: sql`dead_at is not null`,
    // Somebody has to look at much fewer.
    most: 10_000,
  },
];
