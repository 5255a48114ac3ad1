import type { HistoryPage, LedgerEntry, StorageFailure } from "@likeness/core";
import type { Kysely } from "kysely";
import type { ResultAsync } from "neverthrow";
import { attempt } from "../attempt.ts";
import type { Database } from "../database.ts";
import { entryOf } from "./credit-rows.ts";

/** The entries of an owner, newest first. */
export const history = (
  db: Kysely<Database>,
  ownerId: string,
  { limit, olderThan }: HistoryPage,
): ResultAsync<LedgerEntry[], StorageFailure> =>
  attempt(db, async () => {
    const entries = db.selectFrom("likeness_credit_entry").selectAll().where("owner_id", "=", ownerId);
    const page = olderThan === undefined ? entries : entries.where("number", "<", olderThan);
    return (await page.orderBy("number", "desc").limit(limit).execute()).map(entryOf);
  });
