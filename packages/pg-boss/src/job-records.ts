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
}

/**
 * What operators ask of the queue. In another schema than the given one it knows no jobs. A dead job is the copy that
 * pg-boss puts into the queue of dead letters, with what it was before in columns that begin with `source_`.
 *
 * @see https://github.com/timgit/pg-boss/blob/master/docs/api/queues.md
 */
export function jobRecords(boss: PgBoss, queues: Queues, schema: string): JobRecords {
  const jobs = jobsOf(schema);

  const rowsOf = async <Row>(statement: string, values: unknown[]): Promise<Row[]> =>
    (await queues.find()) ? (await boss.getDb().executeSql(statement, values)).rows : [];

  const revive = async (id: string): Promise<"revived" | "known" | undefined> => {
    const [job] = await rowsOf<JobRow>(`${jobs} select * from jobs where id = $1`, [id]);
    if (job?.status !== "dead") return job && "known";
    await queues.create([kindOf(job.queue)]);
    if ((await boss.redrive(deadLetters, { ids: [id] })) > 0) return "revived";
    // Beside a job with its kind and key, pg-boss fails the dead letter where it is; then it is of no use any more.
    await rowsOf(`delete from ${schema}.job where name = $1 and id = $2 and state = 'failed'`, [deadLetters, id]);
    return "known";
  };

  return {
    count: ({ quarter, hour, day }) =>
      attempt(async () => {
        const statement = `${jobs}
          select queue, status, min(at) as oldest_at,
            (count(*) filter (where at >= $1))::int as quarter,
            (count(*) filter (where at < $1 and at >= $2))::int as hour,
            (count(*) filter (where at < $2 and at >= $3))::int as day,
            (count(*) filter (where at < $3))::int as older
          from jobs group by queue, status order by queue, status`;
        return (await rowsOf<CountRow>(statement, [quarter, hour, day])).map(countOf);
      }),

    dead: ({ limit, after }) =>
      attempt(async () => {
        const statement = `${jobs}
          select * from jobs where status = 'dead' and ($2::text is null or (at, id) < ($2, $3))
          order by at desc, id desc limit $1`;
        const place = after ? [after.at, toStorableText(after.id)] : [null, null];
        return (await rowsOf<JobRow>(statement, [limit, ...place])).map(recordOf);
      }),

    about: (keys, limit) =>
      attempt(async () => {
        const statement = `${jobs}
          select * from jobs where exists (
            select 1 from jsonb_array_elements_text($1::jsonb) as k (about)
            where key = about or starts_with(key, about || ':')
          ) limit $2`;
        const stored = JSON.stringify(keys.map(toStorableText));
        return (await rowsOf<JobRow>(statement, [stored, limit])).map(recordOf);
      }),

    revive: (id) => (isId(id) ? attempt(() => revive(id)) : okAsync(undefined)),

    discard: (id) =>
      attempt(async () => {
        const statement = `delete from ${schema}.job where name = $1 and id = $2 and state < 'active' returning id`;
        return isId(id) && (await rowsOf(statement, [deadLetters, id])).length > 0;
      }),
  };
}

/**
 * The jobs of Likeness that have not ended well, as a part of a statement. Times have milliseconds, so that the place
 * where a page ends can be given back; collation "C" orders ids in the same way everywhere. A dead letter that is not
 * unclaimed is in the hands of the host.
 */
const jobsOf = (schema: string): string => `
  with jobs as (
    select
      id::text collate "C" as id,
      coalesce(source_name, name) as queue,
      singleton_key as key,
      case when source_name is not null then 'dead' when state = 'active' then 'running' else 'waiting' end as status,
      case
        when source_name is not null then source_retry_count + 1
        when state = 'created' then 0
        else retry_count + 1
      end as attempts,
      to_char(
        case when source_name is not null then created_on else start_after end at time zone 'UTC',
        'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'
      ) collate "C" as at,
      coalesce(
        coalesce(source_output, output) -> 'value' ->> 'message',
        coalesce(source_output, output) ->> 'value',
        coalesce(source_output, output) ->> 'message'
      ) as error
    from ${schema}.job
    where case
      when name = '${deadLetters}' then state < 'active' and starts_with(source_name, 'likeness/')
      else state < 'completed' and starts_with(name, 'likeness/') and source_name is null
    end
  )`;

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

function countOf({ queue, status, oldest_at, ...ages }: CountRow): RowCount {
  const count = ages.quarter + ages.hour + ages.day + ages.older;
  return { of: "job", kind: kindOf(queue), status, count, ages, oldestAt: oldest_at };
}
