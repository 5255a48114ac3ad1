import { describeCause, type JobRecord, type JobRecords } from "@likeness/core";
import { ok } from "neverthrow";
import type { RunStep } from "./memory-database.ts";
import { countsOf } from "./memory-operator.ts";
import type { StoredJob } from "./tables.ts";

/** What operators ask of a memory queue. */
export const memoryJobRecords = (run: RunStep, ring: () => void): JobRecords => ({
  count: (limits) =>
    run(({ jobs }) =>
      ok(
        countsOf(
          [...jobs.values()].map(recordOf).map(({ kind, status, at }) => ({ of: "job", kind, status, at })),
          limits,
        ),
      ),
    ),
  dead: ({ limit, after }) =>
    run(({ jobs }) => {
      const dead = [...jobs.values()].filter((job) => job.dead).map(recordOf);
      const place = ({ at, id }: Pick<JobRecord, "at" | "id">): string => `${at} ${id}`;
      return ok(
        dead
          .filter((job) => !after || place(job) < place(after))
          .toSorted((left, right) => (place(left) < place(right) ? 1 : -1))
          .slice(0, limit),
      );
    }),
  about: (keys, limit) =>
    run(({ jobs }) => {
      const found = [...jobs.values()].filter(({ key }) =>
        keys.some((each) => key === each || key.startsWith(`${each}:`)),
      );
      return ok(found.slice(0, limit).map(recordOf));
    }),
  revive: (id) =>
    run(({ jobs }) => {
      const job = jobs.get(id);
      if (!job) return ok(undefined);
      if (!job.dead) return ok("known" as const);
      const { dead, ...alive } = job;
      const waits = [...jobs.values()].some(
        (other) => other.kind === job.kind && other.key === job.key && other.attempts === 0 && !other.claim,
      );
      if (waits) jobs.delete(id);
      else jobs.set(id, { ...alive, attempts: 0, runAt: dead.at });
      return ok(waits ? ("known" as const) : ("revived" as const));
    }).andTee(ring),
  discard: (id) =>
    run(({ jobs }) => {
      return ok(jobs.get(id)?.dead !== undefined && jobs.delete(id));
    }),
});

function recordOf({ id, kind, key, runAt, attempts, claim, dead }: StoredJob): JobRecord {
  if (dead) return { id, kind, key, status: "dead", attempts, at: dead.at, error: describeCause(dead.cause) };
  return { id, kind, key, status: claim ? "running" : "waiting", attempts, at: runAt };
}
