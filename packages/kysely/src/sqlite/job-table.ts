import type { Generated, Selectable } from "kysely";
import type { Json, Timestamp } from "@likeness/core";
import type { JsonText } from "../store/columns.ts";

/** A job is unclaimed while `attempts` is 0, under way while it has a lease, dead once it has `dead_at`. */
export interface JobTable {
  readonly id: Generated<number>;
  readonly kind: string;
  readonly key: string;
  readonly payload: JsonText<Json>;
  /** Not before. */
  readonly run_at: Timestamp;
  /** The try that is under way, or was the last one. */
  readonly attempts: number;
  /** Names one claim: a later claim of the same job shuts the earlier one out. */
  readonly lease_owner: string | null;
  readonly lease_until: Timestamp | null;
  readonly last_error: string | null;
  readonly dead_at: Timestamp | null;
}

export type JobRow = Selectable<JobTable>;
