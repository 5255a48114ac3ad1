import type {
  Adjustment,
  Booked,
  Booking,
  CreditsShort,
  InvalidBooking,
  LedgerEntry,
  StorageFailure,
} from "@likeness/core";
import { err, ok, type Result, type ResultAsync } from "neverthrow";
import type { Kysely } from "kysely";
import { attempt } from "../attempt.ts";
import type { Database } from "../database.ts";
import { book, ensureAccount, lockAccount, payDebt, type LedgerContext } from "./accounts.ts";
import { checkAdjustment, checkBooking, invalid, largestSum } from "./checked-booking.ts";
import { entryOf, type CreditAccountRow } from "./credit-rows.ts";

type Tx = Kysely<Database>;
type Change = Pick<LedgerEntry, "amount" | "owed" | "reason">;
type Decide<E> = (account: CreditAccountRow) => Result<Change, E>;

export const topUp = (
  tx: Tx,
  context: LedgerContext,
  booking: Booking,
): ResultAsync<Booked, InvalidBooking | StorageFailure> =>
  checkBooking(booking).asyncAndThen(() =>
    bookOnce<never>(tx, context, { ...booking, kind: "top_up" }, () => ok({ amount: booking.amount, owed: 0 })),
  );

/** Takes what can be spent; the rest is owed, so that the balance always covers what is held. */
export const refund = (
  tx: Tx,
  context: LedgerContext,
  booking: Booking,
): ResultAsync<Booked, InvalidBooking | StorageFailure> =>
  checkBooking(booking).asyncAndThen(() =>
    bookOnce<never>(tx, context, { ...booking, kind: "refund" }, ({ balance, held }) => {
      const taken = Math.min(booking.amount, balance - held);
      // Not -taken, which would be -0.
      return ok({ amount: 0 - taken, owed: booking.amount - taken });
    }),
  );

export const adjust = (
  tx: Tx,
  context: LedgerContext,
  { reason, ...booking }: Adjustment,
): ResultAsync<Booked, InvalidBooking | CreditsShort | StorageFailure> =>
  checkAdjustment({ ...booking, reason }).asyncAndThen(() =>
    bookOnce<CreditsShort>(tx, context, { ...booking, kind: "adjust" }, ({ balance, held, owed }) =>
      booking.amount < held - balance
        ? err({ type: "credits-short", balance: { balance, held, owed, unit: context.unit } })
        : ok({ amount: booking.amount, owed: 0, reason }),
    ),
  );

/** Books what is decided from the locked account, unless the reference was booked before. */
function bookOnce<E>(
  tx: Tx,
  context: LedgerContext,
  { ownerId, kind, reference }: Booking & Pick<LedgerEntry, "kind">,
  decide: Decide<E>,
): ResultAsync<Booked, E | InvalidBooking | StorageFailure> {
  const booked = attempt(tx, async (): Promise<Result<Booked, E | InvalidBooking>> => {
    await ensureAccount(tx, ownerId);
    const account = await lockAccount(tx, ownerId);
    const known = await entryWith(tx, kind, reference);
    if (known) return ok({ type: "known", entry: known });
    const decided = decide(account);
    if (decided.isErr()) return err(decided.error);
    const { amount, owed } = decided.value;
    if (account.balance + amount > largestSum || account.owed + owed > largestSum)
      return err(invalid(`an account holds or owes at most ${largestSum}`));
    const entry = await book(tx, context, { ownerId, kind, reference, ...decided.value });
    // Another owner's booking with the same reference may have been under way.
    if (!entry) return ok({ type: "known", entry: await entryWithOrThrow(tx, kind, reference) });
    await payDebt(tx, context, ownerId, `${kind}:${reference}`);
    return ok({ type: "new", entry });
  });
  return booked.andThen((result) => result);
}

async function entryWith(tx: Tx, kind: LedgerEntry["kind"], reference: string): Promise<LedgerEntry | undefined> {
  const entries = tx.selectFrom("likeness_credit_entry").selectAll().where("kind", "=", kind);
  const row = await entries.where("reference", "=", reference).executeTakeFirst();
  return row && entryOf(row);
}

async function entryWithOrThrow(tx: Tx, kind: LedgerEntry["kind"], reference: string): Promise<LedgerEntry> {
  const entry = await entryWith(tx, kind, reference);
  if (!entry) throw new Error(`there is no ${kind} with the reference ${reference}`);
  return entry;
}
