import type { StorageFailure } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import type { Kysely } from "kysely";
import { attempt } from "../attempt.ts";
import type { Database } from "../database.ts";
import { ensureAccount } from "./accounts.ts";

/**
 * Moves an account, its entries and its holds to a pseudonym, once: the account with the pseudonym, which may be empty,
 * tells that it was done.
 */
export const pseudonymise = (
  tx: Kysely<Database>,
  ownerId: string,
  pseudonym: string,
): ResultAsync<void, StorageFailure> =>
  attempt(tx, async () => {
    if (!(await ensureAccount(tx, pseudonym))) return;
    // FOR UPDATE keeps others from adding entries and holds to the account.
    const account = await tx
      .selectFrom("likeness_credit_account")
      .selectAll()
      .where("owner_id", "=", ownerId)
      .forUpdate()
      .executeTakeFirst();
    if (!account) return;
    const { owner_id: _, ...amounts } = account;
    const renamed = { owner_id: pseudonym };
    await tx.updateTable("likeness_credit_account").set(amounts).where("owner_id", "=", pseudonym).execute();
    await tx.updateTable("likeness_credit_entry").set(renamed).where("owner_id", "=", ownerId).execute();
    await tx.updateTable("likeness_credit_hold").set(renamed).where("owner_id", "=", ownerId).execute();
    await tx.deleteFrom("likeness_credit_account").where("owner_id", "=", ownerId).execute();
  });
