import type {
  Adjustment,
  Booked,
  Booking,
  CreditBalance,
  CreditsRefused,
  CreditsShort,
  InvalidBooking,
  LedgerCredits,
  LedgerEntry,
  Order,
} from "@likeness/core";
import { adjustReasons } from "@likeness/core";
import { err, errAsync, ok, okAsync, type Result } from "neverthrow";
import { testStart } from "../clock/test-clock.ts";
import { fixtureIds } from "../fixtures/fixture-ids.ts";

export interface MemoryCreditsOptions {
  /** What an order of each kind costs; a kind that is not named costs nothing. */
  readonly prices: Readonly<Record<string, number>>;
  readonly unit?: string | undefined;
}

interface Hold {
  ownerId: string;
  readonly amount: number;
  readonly createdAt: string;
  state: "held" | "captured" | "released";
}

const largestAmount = 1_000_000_000;
const largestSum = 2_000_000_000;

/** Credits and their ledger in memory. All entries have the time `testStart`. */
export function memoryCredits({ prices, unit = "credits" }: MemoryCreditsOptions): LedgerCredits {
  const entries: LedgerEntry[] = [];
  const holds = new Map<string, Hold>();
  /** Those that were given once, also to nobody. */
  const pseudonyms = new Set<string>();

  const of = (ownerId: string): LedgerEntry[] => entries.filter((entry) => entry.ownerId === ownerId);
  const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);
  const balanceOf = (ownerId: string): CreditBalance => ({
    balance: sum(of(ownerId).map(({ amount }) => amount)),
    held: sum(
      [...holds.values()].filter((hold) => hold.ownerId === ownerId && hold.state === "held").map((h) => h.amount),
    ),
    owed: sum(of(ownerId).map(({ owed }) => owed)),
    unit,
  });
  const spendable = (ownerId: string): number => balanceOf(ownerId).balance - balanceOf(ownerId).held;

  const write = (entry: Omit<LedgerEntry, "id" | "number" | "createdAt">): LedgerEntry => {
    const written = { ...entry, id: fixtureIds.next(), number: of(entry.ownerId).length + 1, createdAt: testStart };
    entries.push(written);
    return written;
  };
  const payDebt = (ownerId: string, reference: string): void => {
    const paid = Math.min(balanceOf(ownerId).owed, spendable(ownerId));
    if (paid > 0) write({ ownerId, kind: "debt", amount: -paid, owed: -paid, reference });
  };

  type Change = Pick<LedgerEntry, "kind" | "amount" | "owed" | "reason">;
  const book = <E>(
    { ownerId, reference }: Booking,
    kind: LedgerEntry["kind"],
    decide: () => Result<Omit<Change, "kind">, E>,
  ): Result<Booked, E | InvalidBooking> => {
    const known = entries.find((entry) => entry.kind === kind && entry.reference === reference);
    if (known) return ok({ type: "known", entry: known });
    return decide().andThen((change): Result<Booked, InvalidBooking> => {
      const { balance, owed } = balanceOf(ownerId);
      if (balance + change.amount > largestSum || owed + change.owed > largestSum)
        return err({ type: "invalid-booking", detail: "too much for one account" });
      const entry = write({ ownerId, kind, reference, ...change });
      payDebt(ownerId, `${kind}:${reference}`);
      return ok({ type: "new", entry });
    });
  };

  const settle = (orderId: string, state: "captured" | "released"): void => {
    const hold = holds.get(orderId);
    if (hold?.state !== "held") return;
    hold.state = state;
    const { ownerId, amount } = hold;
    if (state === "captured") write({ ownerId, kind: "capture", amount: -amount, owed: 0, reference: orderId });
    else payDebt(ownerId, `release:${orderId}`);
  };

  const reserve = ({ id, kind, ownerId, createdAt }: Order): Result<void, CreditsRefused> => {
    const amount = prices[kind] ?? 0;
    const known = holds.get(id);
    if (known?.state === "released") return err({ type: "credits-refused", detail: "it was released" });
    if (known || amount === 0) return ok(undefined);
    if (balanceOf(ownerId).owed > 0 || spendable(ownerId) < amount)
      return err({ type: "credits-refused", detail: `${spendable(ownerId)} of ${amount} ${unit}` });
    holds.set(id, { ownerId, amount, createdAt, state: "held" });
    return ok(undefined);
  };

  return {
    quote: ({ kind, count }) => okAsync({ amount: (prices[kind] ?? 0) * count, unit }),
    balance: (ownerId) => okAsync(balanceOf(ownerId)),
    openHolds: (before, limit, afterId = "") => {
      const open = [...holds].filter(([id, hold]) => hold.state === "held" && hold.createdAt < before && id > afterId);
      const ids = open.map(([id]) => id).toSorted();
      return okAsync(ids.slice(0, limit));
    },
    reserve: (order) => reserve(order).asyncMap(async () => undefined),
    capture: (orderId) => okAsync(settle(orderId, "captured")),
    release: (orderId) => okAsync(settle(orderId, "released")),
    topUp: (booking) =>
      checked(booking, 1, () => book<never>(booking, "top_up", () => ok({ amount: booking.amount, owed: 0 }))),
    refund: (booking) =>
      checked(booking, 1, () =>
        book<never>(booking, "refund", () => {
          const taken = Math.min(booking.amount, spendable(booking.ownerId));
          return ok({ amount: 0 - taken, owed: booking.amount - taken });
        }),
      ),
    adjust: (adjustment) => {
      const { ownerId, amount, reason } = adjustment;
      return checked(adjustment, -largestAmount, () =>
        book<CreditsShort>(adjustment, "adjust", () =>
          amount < -spendable(ownerId)
            ? err({ type: "credits-short", balance: balanceOf(ownerId) })
            : ok({ amount, owed: 0, reason }),
        ),
      );
    },
    history: (ownerId, { limit, olderThan = Infinity }) => {
      const newestFirst = of(ownerId).toSorted((one, other) => other.number - one.number);
      return okAsync(newestFirst.filter(({ number }) => number < olderThan).slice(0, limit));
    },
    statement: (ownerId) => {
      const held = [...holds].filter(([, hold]) => hold.ownerId === ownerId);
      if (of(ownerId).length + held.length === 0) return okAsync(undefined);
      return okAsync({
        ...balanceOf(ownerId),
        entries: of(ownerId).map(({ ownerId: _ownerId, ...entry }) => entry),
        holds: held.map(([orderId, { amount, state, createdAt }]) => ({
          orderId,
          amount,
          state,
          createdAt,
          ...(state !== "held" && { settledAt: testStart }),
        })),
      });
    },
    pseudonymise: (ownerId, pseudonym) => {
      if (pseudonyms.has(pseudonym) || of(pseudonym).length > 0) return okAsync(undefined);
      pseudonyms.add(pseudonym);
      for (const [index, entry] of entries.entries())
        if (entry.ownerId === ownerId) entries[index] = { ...entry, ownerId: pseudonym };
      for (const hold of holds.values()) if (hold.ownerId === ownerId) hold.ownerId = pseudonym;
      return okAsync(undefined);
    },
  };
}

/** Books what is whole and within the bounds. */
function checked<E>(
  { ownerId, amount, reference, reason }: Booking & Partial<Adjustment>,
  smallest: number,
  run: () => Result<Booked, E>,
) {
  const isWhole = Number.isSafeInteger(amount) && amount !== 0 && amount >= smallest && amount <= largestAmount;
  const isNamed = ownerId !== "" && reference !== "" && reference.length <= 200;
  const isKnown = reason === undefined || adjustReasons.includes(reason);
  if (!isWhole || !isNamed || !isKnown)
    return errAsync<Booked, E | InvalidBooking>({ type: "invalid-booking", detail: "out of bounds" });
  return run().asyncMap(async (booked) => booked);
}
