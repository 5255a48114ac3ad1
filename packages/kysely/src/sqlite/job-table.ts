import type { Generated, Selectable } from "kysely";
import type { Json, Timestamp } from "@likeness/core";
import type { JsonText } from "../store/columns.ts";

/** A job is unclaimed while `attempts` is 0, running while it has a lease, dead once it has `dead_at`. */
export interface JobTable {
  readonly id: Generated<number>;
  readonly kind: string;
  readonly key: string;
  readonly payload: JsonText<Json>;
  /** The earliest time to run it. */
  readonly run_at: Timestamp;
  /** The number of the current or last attempt. */
  readonly attempts: number;
  /** Identifies one claim: after a later claim of the same job, the earlier one is no longer valid. */
  readonly lease_owner: string | null;
  readonly lease_until: Timestamp | null;
  readonly last_error: string | null;
  readonly dead_at: Timestamp | null;
}

export type JobRow = Selectable<JobTable>;
