import type { Pool } from "pg";
import { systemClock, type ClaimedJob, type Clock, type JobHandler } from "@likeness/core";
import { recordingLog, type RecordingLog, type RunningCase } from "@likeness/testing";
import { okAsync } from "neverthrow";
import type { PgBoss } from "pg-boss";
import { pgBossJobQueue, type PgBossJobQueue } from "../pg-boss-job-queue.ts";
import { newDatabase, openPool } from "./databases.ts";
import { startBoss } from "./start-boss.ts";

export interface QueueBench {
  readonly url: string;
  readonly boss: PgBoss;
  readonly queue: PgBossJobQueue;
  readonly log: RecordingLog;
  /** Its own connections to the same database. */
  readonly pool: Pool;
  /** The jobs in storage, by how they are stored. */
  rows(): Promise<readonly object[]>;
}

export const kind = "example.work";

/** A queue in a database of its own, stopped when the test ends. */
export async function queueBench(test: RunningCase, clock: Clock = systemClock): Promise<QueueBench> {
  const url = await newDatabase(test);
  const pool = openPool(test, url);
  const boss = await startBoss(test, url);
  const log = recordingLog();
  const queue = pgBossJobQueue(boss, { clock, log, maximumAttempts: 2 });
  test.onTestFinished(async () => void (await queue.stop({ graceMs: 0 })));
  const rows = async (): Promise<readonly object[]> => {
    const { rows: found } = await pool.query(
      `select name, singleton_key as key, state::text, data->>'payload' as payload from pgboss.job
       where state <> 'completed' order by created_on`,
    );
    return found;
  };
  return { url, boss, queue, log, pool, rows };
}

export interface RecordedHandler {
  readonly handler: JobHandler;
  /** Every run, in the order in which they began. */
  readonly runs: readonly ClaimedJob[];
}

/** A handler that notes its runs. `answer` gets the run and how many there are by now; without it every run is done. */
export function recorded(
  answer: (run: ClaimedJob, count: number) => ReturnType<JobHandler> = () => okAsync({ type: "done" }),
): RecordedHandler {
  const runs: ClaimedJob[] = [];
  return { runs, handler: (run) => answer(run, runs.push(run)) };
}
