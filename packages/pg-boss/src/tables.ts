import { toStorableText } from "@likeness/core";
import { getConstructionPlans, getUninstallPlans, type Db, type JobAttempt, type PgBoss } from "pg-boss";
import { deadLetters } from "./queue-name.ts";

/** The tables of pg-boss. */
export interface Tables {
  /** Whether they are in the schema. Tables that were never found do not count as gone: it may be the wrong schema. */
  find(): Promise<boolean>;
  /** Whether the table of jobs is gone, and with it all jobs. */
  areGone(): Promise<boolean>;
  /** The names of the queues of Likeness, beside those of the host; none in another schema. */
  ours(): Promise<readonly string[]>;
  /** Creates all of them again. Of several processes, one does it. */
  createAgain(): Promise<void>;
  /** Leaves a claimed job no further attempt, so that its failure makes it dead. Does nothing in another schema. */
  endRetries(queue: string, claim: JobAttempt): Promise<void>;
  /**
   * Deletes dead jobs, and ended ones that are still kept, whose key is one of these or begins with one and a colon. Does
   * nothing in another schema.
   */
  forget(keys: readonly string[], db?: Db): Promise<void>;
  /** Writes their version again if that table was emptied; without it a later pg-boss would not migrate them. */
  noteVersion(): Promise<void>;
}

export function tablesOf(boss: PgBoss, schema: string): Tables {
  let wereThere = false;
  const areThere = async (): Promise<boolean> => {
    const { rows } = await boss.getDb().executeSql(`select to_regclass('${schema}.job_common') as name`);
    return Boolean(rows[0].name);
  };
  const ours = async (): Promise<readonly string[]> => {
    const statement = `select name from ${schema}.queue where starts_with(name, 'likeness/')`;
    const { rows } = await boss.getDb().executeSql(statement);
    return rows.map(({ name }) => name);
  };
  const areGone: Tables["areGone"] = async () => wereThere && !(await areThere());

  return {
    find: async () => (wereThere ||= await areThere()),
    areGone,
    ours: async () => ((await areThere()) ? ours() : []),
    createAgain: async () => {
      try {
        await boss.getDb().executeSql(recreateTables(schema));
      } catch (cause) {
        if (!(await areThere())) throw cause;
      }
    },
    endRetries: async (queue, { id, retryCount }) => {
      if (!(await areThere())) return;
      const statement = `update ${schema}.job set retry_limit = retry_count
        where name = $1 and id = $2 and retry_count = $3 and state = 'active'`;
      await boss.getDb().executeSql(statement, [queue, id, retryCount]);
    },
    forget: async (keys, db = boss.getDb()) => {
      if (!(await areThere())) return;
      const statement = `delete from ${schema}.job
        where name = any($1::text[]) and (name = '${deadLetters}' or state in ('completed', 'failed', 'cancelled'))
          and exists (
            select 1 from jsonb_array_elements_text($2::jsonb) as k (key)
            where singleton_key = k.key or starts_with(singleton_key, k.key || ':')
          )`;
      await db.executeSql(statement, [await ours(), JSON.stringify(keys.map(toStorableText))]);
    },
    noteVersion: async () => {
      if (!wereThere || (await boss.schemaVersion()) !== null) return;
      const [statement] = /insert into \S+\.version\b[^;]*/i.exec(getConstructionPlans(schema)) ?? [];
      if (statement === undefined) throw new Error("pg-boss's plans do not note a version");
      await boss.getDb().executeSql(`${statement} on conflict do nothing`);
    },
  };
}

/**
 * One transaction, which ends with the commit of the last plan. It drops the remaining tables first, because pg-boss
 * creates all its tables or none. A second process fails, so that it does not drop what the first one has created.
 */
const recreateTables = (schema: string): string => `
  begin;
  set local lock_timeout = 10000;
  select pg_advisory_xact_lock(hashtextextended('@likeness/pg-boss ${schema}', 0));
  do $$ begin
    if to_regclass('${schema}.job_common') is not null then raise exception 'another process was first'; end if;
  end $$;
  ${getUninstallPlans(schema)}
  ${getConstructionPlans(schema)}
`;
