import type { JobWithMetadata, PgBoss } from "pg-boss";
import type { StoredJob } from "./job-sender.ts";

/** Claims a job that is due; undefined: there is none, or the database cannot be asked. */
export type NextJob = () => Promise<JobWithMetadata<StoredJob> | undefined>;

/** Those who ask while a statement is under way share the next one. */
export function nextJobs(boss: PgBoss, name: string): NextJob {
  let asking: ((job: JobWithMetadata<StoredJob> | undefined) => void)[] = [];
  let fetching = false;

  const fetchForAll = async (): Promise<void> => {
    fetching = true;
    while (asking.length > 0) {
      const answers = asking;
      asking = [];
      const size = { batchSize: answers.length, includeMetadata: true } as const;
      const jobs = await boss.fetch<StoredJob>(name, size).catch(() => []);
      for (const [index, answer] of answers.entries()) answer(jobs[index]);
    }
    fetching = false;
  };

  return () =>
    new Promise((resolve) => {
      asking.push(resolve);
      if (!fetching) void fetchForAll();
    });
}
