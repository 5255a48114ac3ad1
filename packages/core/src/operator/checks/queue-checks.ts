import { okAsync } from "neverthrow";
import { describeCause } from "../../jobs/describe-cause.ts";
import { found, type Check, type Found } from "../../ports/check.ts";
import type { Clock } from "../../ports/clock.ts";
import type { JobQueue } from "../../ports/job-queue.ts";
import type { JobRecords } from "../../ports/job-records.ts";
import type { RowCount } from "../../ports/operator-repository.ts";
import { addSeconds, secondsBetween, type Timestamp } from "../../values/timestamp.ts";

/** The queue's own checks, and whether its jobs are run. */
export const queueChecks = ({ checks, records }: JobQueue, clock: Clock): readonly Check[] => [
  ...(checks?.() ?? []),
  ...(records ? [jobsCheck(records, clock)] : []),
];

/** As the alarm: a job that is due is begun within a second where somebody runs jobs. */
const lateSeconds = 900;

/** Not cheap: after a long break jobs are overdue, and the process that starts is about to run them. */
const jobsCheck = (records: JobRecords, clock: Clock): Check => ({
  name: "jobs",
  look: async () => {
    const now = clock.now();
    const limits = {
      quarter: addSeconds(now, -lateSeconds),
      hour: addSeconds(now, -3_600),
      day: addSeconds(now, -86_400),
    };
    const counted = (records.isThere?.() ?? okAsync(true)).andThen((isThere) =>
      isThere ? records.count(limits) : okAsync(undefined),
    );
    return (await counted).match(
      (counts) => (counts ? judged(counts, now) : [unknown]),
      ({ cause }) => [
        found.broken(
          `they cannot be read: ${describeCause(cause)}`,
          `${records.whenGone ?? "see whether the tables of the queue are there"}; if the database is away, see the line above`,
        ),
      ],
    );
  },
});

const unknown = found.skipped("it is not known which wait: the queue has no tables");

function judged(counts: readonly RowCount[], now: Timestamp): readonly Found[] {
  const ofStatus = (status: string): readonly RowCount[] => counts.filter((row) => row.status === status);
  const number = (status: string): number => ofStatus(status).reduce((sum, row) => sum + row.count, 0);
  const [dead, running] = [number("dead"), number("running")];
  const atLeast = ofStatus("dead").some(({ more }) => more) ? "at least " : "";
  const [oldest] = ofStatus("waiting").toSorted((left, right) => (left.oldestAt < right.oldestAt ? -1 : 1));
  const late = oldest ? secondsBetween(oldest.oldestAt, now) : 0;
  const troubles = [
    ...(oldest && late >= lateSeconds
      ? [
          found.broken(
            `the oldest due job (${oldest.kind}) has waited for ${Math.floor(late / 60)} min, ` +
              (running > 0 ? `while ${running} ${running === 1 ? "runs" : "run"}` : "and none runs"),
            "see whether the bot runs and keeps up, and its log for `jobs cannot be claimed`",
          ),
        ]
      : []),
    ...(dead > 0
      ? [
          found.warning(
            `${atLeast}${dead} ${dead === 1 ? "job was" : "jobs were"} given up`,
            "look why with `npm run operator -- list jobs`, and revive or dismiss them",
          ),
        ]
      : []),
  ];
  const due = oldest && late > 0 ? `, the oldest due one for ${Math.floor(late)} s` : "";
  return troubles.length > 0
    ? troubles
    : [found.ok(`${number("waiting")} wait${due}, ${running} run, none was given up`)];
}
