import { fromStorableText, toStorableText, type JobRecord, type JobRecords, type RowCount } from "@likeness/core";
import { okAsync } from "neverthrow";
import type { PgBoss } from "pg-boss";
import { attempt } from "./attempt.ts";
import { deadLetters, kindOf } from "./queue-name.ts";
import type { Queues } from "./queues.ts";

interface JobRow {
  readonly id: string;
  readonly queue: string;
  readonly key: string | null;
  readonly status: JobRecord["status"];
  readonly attempts: number;
  readonly at: string;
  readonly error: string | null;
}

interface CountRow {
  readonly queue: string;
  readonly status: string;
  readonly oldest_at: string;
  readonly quarter: number;
  readonly hour: number;
  readonly day: number;
  readonly older: number;
  /** Of all groups. */
  readonly counted: number;
}

/**
 * What operators ask of the queue. In another schema than the given one it knows no jobs. A dead job is the copy that
 * pg-boss puts into the queue of dead letters, with what it was before in columns that begin with `source_`.
 *
 * @see https://github.com/timgit/pg-boss/blob/master/docs/api/queues.md
 */
export function jobRecords(boss: PgBoss, queues: Queues, schema: string): JobRecords {
  const { alive, dead } = jobsOf(schema);

  const rowsOf = async <Row>(statement: string, values: unknown[]): Promise<Row[]> =>
    (await queues.find()) ? (await boss.getDb().executeSql(statement, values)).rows : [];

  const itsQueues = async (): Promise<readonly string[]> =>
    (await queues.ours()).filter((name) => name !== deadLetters);

  const revive = async (id: string): Promise<"revived" | "known" | undefined> => {
    const [job] = await rowsOf<JobRow>(`${dead} and id = $1`, [id]);
    if (!job) {
      const known = await rowsOf(`${alive} and id = $2`, [await itsQueues(), id]);
      return known.length > 0 ? "known" : undefined;
    }
    await queues.create([kindOf(job.queue)]);
    if ((await boss.redrive(deadLetters, { ids: [id] })) > 0) return "revived";
    // Beside a job with its kind and key, pg-boss fails the dead letter where it is; then it is of no use any more.
    await rowsOf(`delete from ${schema}.job where name = $1 and id = $2 and state = 'failed'`, [deadLetters, id]);
    return "known";
  };

  return {
    whenGone: "restart the bot, which makes the tables of the queue",

    isThere: () => attempt(queues.find),

    count: (limits) =>
      attempt(async () => {
        const ages = [limits.quarter, limits.hour, limits.day];
        const count = (jobs: string, first: number): string => `
          select queue, status, min(at) as oldest_at,
            (count(*) filter (where at >= $${first}))::int as quarter,
            (count(*) filter (where at < $${first} and at >= $${first + 1}))::int as hour,
            (count(*) filter (where at < $${first + 1} and at >= $${first + 2}))::int as day,
            (count(*) filter (where at < $${first + 2}))::int as older,
            (sum(count(*)) over ())::int as counted
          from (${jobs}) jobs group by queue, status order by queue, status`;
        const newest = `${dead} order by created_on desc limit $1`;
        const counted = await rowsOf<CountRow>(count(newest, 2), [mostDead, ...ages]);
        const others = await rowsOf<CountRow>(count(alive, 2), [await itsQueues(), ...ages]);
        return [...counted.map((row) => countOf(row, row.counted === mostDead)), ...others.map((row) => countOf(row))];
      }),

    dead: ({ limit, after }) =>
      attempt(async () => {
        // pg-boss's index has microseconds and no id: all that died in the millisecond of the last one wanted are sorted.
        const older = `${dead} and created_on < coalesce($2::text::timestamptz + interval '1 ms', 'infinity')
          and ($2::text is null or (${time("created_on")}, ${orderedId}) < ($2, $3))`;
        const statement = `
          with edge as (select created_on from (${older}) jobs order by created_on desc offset $1 - 1 limit 1)
          select * from (${older}) jobs
          where created_on >= coalesce((select date_trunc('milliseconds', created_on) from edge), '-infinity')
          order by at desc, id desc limit $1`;
        const place = after ? [after.at, toStorableText(after.id)] : [null, null];
        return (await rowsOf<JobRow>(statement, [limit, ...place])).map(recordOf);
      }),

    about: (keys, limit) =>
      attempt(async () => {
        const about = `exists (
          select 1 from jsonb_array_elements_text($2::jsonb) as k (about)
          where singleton_key = about or starts_with(singleton_key, about || ':')
        )`;
        const statement = `${dead} and ${about}
          union all ${alive} and ${about} limit $3`;
        const stored = JSON.stringify(keys.map(toStorableText));
        return (await rowsOf<JobRow>(statement, [await itsQueues(), stored, limit])).map(recordOf);
      }),

    revive: (id) => (isId(id) ? attempt(() => revive(id)) : okAsync(undefined)),

    discard: (id) =>
      attempt(async () => {
        const statement = `delete from ${schema}.job where name = $1 and id = $2 and state < 'active' returning id`;
        return isId(id) && (await rowsOf(statement, [deadLetters, id])).length > 0;
      }),
  };
}

/** The newest dead jobs that are counted: somebody has to look at much fewer. */
const mostDead = 10_000;

/** Collation "C" orders ids in the same way everywhere. */
const orderedId = `id::text collate "C"`;

/** With milliseconds, so that the place where a page ends can be given back. */
const time = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') collate "C"`;

interface Jobs {
  /** Those that wait or run; `$1` are the names of their queues, because the host's may have many jobs. */
  readonly alive: string;
  /** A dead letter that is not unclaimed is in the hands of the host. */
  readonly dead: string;
}

/** The statements for the jobs of Likeness that have not ended well, to which conditions can be added. */
const jobsOf = (schema: string): Jobs => ({
  alive: `
    select ${orderedId} as id, name as queue, singleton_key as key,
      case when state = 'active' then 'running' else 'waiting' end as status,
      case when state = 'created' then 0 else retry_count + 1 end as attempts,
      ${time("start_after")} as at, ${errorIn("output")} as error, created_on
    from ${schema}.job where name = any($1::text[])
      and state in ('created', 'retry', 'active') and source_name is null`,
  dead: `
    select ${orderedId} as id, source_name as queue, singleton_key as key, 'dead' as status,
      source_retry_count + 1 as attempts,
      ${time("created_on")} as at, ${errorIn("coalesce(source_output, output)")} as error, created_on
    from ${schema}.job where name = '${deadLetters}'
      and state in ('created', 'retry') and starts_with(source_name, 'likeness/')`,
});

const errorIn = (output: string): string =>
  `coalesce(${output} -> 'value' ->> 'message', ${output} ->> 'value', ${output} ->> 'message')`;

const isId = (text: string): boolean => /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/.test(text);

const recordOf = ({ id, queue, key, status, attempts, at, error }: JobRow): JobRecord => ({
  id,
  kind: kindOf(queue),
  key: fromStorableText(key ?? ""),
  status,
  attempts,
  at,
  ...(error !== null && { error }),
});

function countOf({ queue, status, oldest_at, quarter, hour, day, older }: CountRow, more = false): RowCount {
  const count = quarter + hour + day + older;
  const ages = { quarter, hour, day, older };
  return {
    of: "job",
    kind: kindOf(queue),
    status,
    count,
    ages,
    oldestAt: oldest_at,
    ...(more && { more: true as const }),
  };
}
