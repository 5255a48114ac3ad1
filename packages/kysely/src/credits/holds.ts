import type { CreditsRefused, Order, StorageFailure, Timestamp } from "@likeness/core";
import { err, ok, type Result, type ResultAsync } from "neverthrow";
import { sql, type Kysely } from "kysely";
import { attempt } from "../attempt.ts";
import type { Database } from "../database.ts";
import { balanceOf, book, ensureAccount, payDebt, type LedgerContext } from "./accounts.ts";

type Tx = Kysely<Database>;

/** Holds an amount for an order, once. An order that costs nothing has no hold. */
export function hold(
  tx: Tx,
  { unit }: LedgerContext,
  { id, ownerId, createdAt }: Pick<Order, "id" | "ownerId" | "createdAt">,
  amount: number,
): ResultAsync<void, CreditsRefused | StorageFailure> {
  const taken = attempt(tx, async (): Promise<Result<void, CreditsRefused>> => {
    await ensureAccount(tx, ownerId);
    // The hold before the account, as capture and release take them: two transactions must not wait for each other.
    const inserted = await tx
      .insertInto("likeness_credit_hold")
      .values({ id, owner_id: ownerId, amount, state: "held", created_at: createdAt, settled_at: null })
      .onConflict((conflict) => conflict.column("id").doNothing())
      .returning("id")
      .executeTakeFirst();
    if (!inserted) return heldBefore(tx, id);
    const held = await tx
      .updateTable("likeness_credit_account")
      .set((column) => ({ held: column("held", "+", amount) }))
      .where("owner_id", "=", ownerId)
      .where("owed", "=", 0)
      .where(sql<boolean>`balance - held >= ${sql.lit(amount)}`)
      .returning("held")
      .executeTakeFirst();
    if (held) return ok(undefined);
    const { balance, held: others, owed } = await balanceOf(tx, ownerId, unit);
    const owing = owed > 0 ? `, and ${owed} are owed` : "";
    return err({
      type: "credits-refused",
      detail: `${amount} ${unit} are needed, ${balance - others} are free${owing}`,
    });
  });
  return taken.andThen((result) => result);
}

/** The first reservation stands, also if it was captured meanwhile; a released one would be an order for nothing. */
async function heldBefore(tx: Tx, id: string): Promise<Result<void, CreditsRefused>> {
  const { state } = await tx
    .selectFrom("likeness_credit_hold")
    .select("state")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return state === "released"
    ? err({ type: "credits-refused", detail: "the reservation of this order was released" })
    : ok(undefined);
}

/** Captures or releases a hold, if neither was done before. */
export const settle = (
  tx: Tx,
  context: LedgerContext,
  orderId: string,
  state: "captured" | "released",
): ResultAsync<void, StorageFailure> =>
  attempt(tx, async () => {
    const settled = await tx
      .updateTable("likeness_credit_hold")
      .set({ state, settled_at: context.clock.now() })
      .where("id", "=", orderId)
      .where("state", "=", "held")
      .returning(["owner_id", "amount"])
      .executeTakeFirst();
    if (!settled) return;
    const { owner_id: ownerId, amount } = settled;
    await tx
      .updateTable("likeness_credit_account")
      .set((column) => ({ held: column("held", "-", amount) }))
      .where("owner_id", "=", ownerId)
      .execute();
    if (state === "captured")
      await book(tx, context, { ownerId, kind: "capture", amount: -amount, owed: 0, reference: orderId });
    else await payDebt(tx, context, ownerId, `release:${orderId}`);
  });

/** Orders whose hold is older than a moment and not settled. */
export const openHolds = (
  db: Tx,
  before: Timestamp,
  limit: number,
  afterId = "",
): ResultAsync<string[], StorageFailure> =>
  attempt(db, async () => {
    const held = db
      .selectFrom("likeness_credit_hold")
      .select("id")
      // A literal, because a partial index serves only a query that repeats its condition.
      .where("state", "=", sql.lit("held"))
      .where("created_at", "<", before)
      .where("id", ">", afterId);
    return (await held.orderBy("id").limit(limit).execute()).map(({ id }) => id);
  });
