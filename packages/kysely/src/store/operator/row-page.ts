import type { AuditSubject, RowPlace } from "@likeness/core";
import { sql, type RawBuilder } from "kysely";

/** Rows after a place in a list that is sorted by a time and then an id, newest first. One comparison, for one index. */
export const olderThan = (time: string, id: string, { at, id: last }: RowPlace): RawBuilder<boolean> =>
  sql<boolean>`(${sql.ref(time)}, ${sql.ref(id)}) < (${at}, ${last})`;

/** Rows that no operator has dismissed. */
export const isListed = (type: AuditSubject["type"], id: string): RawBuilder<boolean> =>
  sql<boolean>`not exists (select 1 from ${sql.table("likeness_dismissal")}
    where ${sql.ref("likeness_dismissal.subject_type")} = ${type}
      and ${sql.ref("likeness_dismissal.subject_id")} = ${sql.ref(id)})`;
