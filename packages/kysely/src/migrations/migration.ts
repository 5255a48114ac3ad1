import type { Kysely } from "kysely";

/** A step of `migrate`. The same as Kysely's type, which is exported from different places in its versions. */
export interface Migration {
  // A step runs on any version of the tables, so, as in Kysely's type, `db` has no table types.
  // oxlint-disable-next-line typescript/no-explicit-any
  up(db: Kysely<any>): Promise<void>;
}
