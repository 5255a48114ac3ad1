import type { Clock, CreditBalance, Ids, LedgerEntry } from "@likeness/core";
import type { Kysely } from "kysely";
import type { Database } from "../database.ts";
import { entryRow, type CreditAccountRow } from "./credit-rows.ts";

/** What the functions of the ledger have in common. */
export interface LedgerContext {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly unit: string;
}

type Tx = Kysely<Database>;

/** Entries and holds refer to an account. `true`: there was none. */
export async function ensureAccount(tx: Tx, ownerId: string): Promise<boolean> {
  const empty = { owner_id: ownerId, balance: 0, held: 0, owed: 0, entries: 0 };
  const inserted = await tx
    .insertInto("likeness_credit_account")
    .values(empty)
    .onConflict((conflict) => conflict.column("owner_id").doNothing())
    .returning("owner_id")
    .executeTakeFirst();
  return inserted !== undefined;
}

/**
 * Locks an account until the transaction ends. Not FOR UPDATE: a row that refers to the account locks it FOR KEY SHARE,
 * and two transactions that have added such a row would each wait for the other.
 */
export const lockAccount = (tx: Tx, ownerId: string): Promise<CreditAccountRow> =>
  tx
    .selectFrom("likeness_credit_account")
    .selectAll()
    .where("owner_id", "=", ownerId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();

export const balanceOf = async (db: Tx, ownerId: string, unit: string): Promise<CreditBalance> => {
  const row = await db
    .selectFrom("likeness_credit_account")
    .select(["balance", "held", "owed"])
    .where("owner_id", "=", ownerId)
    .executeTakeFirst();
  return { balance: 0, held: 0, owed: 0, ...row, unit };
};

type NewEntry = Omit<LedgerEntry, "id" | "number" | "createdAt">;

/**
 * Writes an entry and changes its account, which the caller has locked; `undefined` if the reference was booked before.
 */
export async function book(tx: Tx, context: LedgerContext, entry: NewEntry): Promise<LedgerEntry | undefined> {
  const dated = { ...entry, id: context.ids.next(), createdAt: context.clock.now() };
  const accounts = tx.selectFrom("likeness_credit_account").where("owner_id", "=", entry.ownerId);
  const inserted = await tx
    .insertInto("likeness_credit_entry")
    .values({ ...entryRow(dated), number: accounts.select((column) => column("entries", "+", 1).as("number")) })
    .onConflict((conflict) => conflict.columns(["kind", "reference"]).doNothing())
    .returning("number")
    .executeTakeFirst();
  if (!inserted) return undefined;
  await tx
    .updateTable("likeness_credit_account")
    .set((column) => ({
      balance: column("balance", "+", entry.amount),
      owed: column("owed", "+", entry.owed),
      entries: column("entries", "+", 1),
    }))
    .where("owner_id", "=", entry.ownerId)
    .execute();
  return { ...dated, number: inserted.number };
}

/** Pays what an owner owes from what can be spent since something was added or released. */
export async function payDebt(tx: Tx, context: LedgerContext, ownerId: string, since: string): Promise<void> {
  const { balance, held, owed } = await lockAccount(tx, ownerId);
  const paid = Math.min(owed, balance - held);
  if (paid > 0) await book(tx, context, { ownerId, kind: "debt", amount: -paid, owed: -paid, reference: since });
}
