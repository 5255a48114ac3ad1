import type { Kysely } from "kysely";

/** A step of `migrate`, as Kysely's own: that one has moved between the versions of Kysely that hosts have. */
export interface Migration {
  // A step runs on whatever tables there are, as Kysely's type says it.
  // oxlint-disable-next-line typescript/no-explicit-any
  up(db: Kysely<any>): Promise<void>;
}
