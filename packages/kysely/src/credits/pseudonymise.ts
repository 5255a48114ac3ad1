import type { StorageFailure } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import type { Kysely } from "kysely";
import { attempt } from "../attempt.ts";
import type { Database } from "../database.ts";
import { ensureAccount, lockAccount } from "./accounts.ts";

/** Moves an account, its entries and its holds to a pseudonym. An account that has the pseudonym is joined. */
export const pseudonymise = (
  tx: Kysely<Database>,
  ownerId: string,
  pseudonym: string,
): ResultAsync<void, StorageFailure> =>
  attempt(tx, async () => {
    if (pseudonym === ownerId) return;
    // FOR UPDATE keeps others from adding entries and holds to the account.
    const account = await tx
      .selectFrom("likeness_credit_account")
      .selectAll()
      .where("owner_id", "=", ownerId)
      .forUpdate()
      .executeTakeFirst();
    if (!account) return;
    await ensureAccount(tx, pseudonym);
    const { entries } = await lockAccount(tx, pseudonym);
    await tx
      .updateTable("likeness_credit_account")
      .set((column) => ({
        balance: column("balance", "+", account.balance),
        held: column("held", "+", account.held),
        owed: column("owed", "+", account.owed),
        entries: column("entries", "+", account.entries),
      }))
      .where("owner_id", "=", pseudonym)
      .execute();
    await tx
      .updateTable("likeness_credit_entry")
      .set((column) => ({ owner_id: pseudonym, number: column("number", "+", entries) }))
      .where("owner_id", "=", ownerId)
      .execute();
    await tx.updateTable("likeness_credit_hold").set({ owner_id: pseudonym }).where("owner_id", "=", ownerId).execute();
    await tx.deleteFrom("likeness_credit_account").where("owner_id", "=", ownerId).execute();
  });
