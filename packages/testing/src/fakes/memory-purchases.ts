import {
  bookCharge,
  paymentReference,
  refundPaymentJob,
  tellPaymentJob,
  type Job,
  type JobOutlet,
  type Ledger,
  type NewPurchase,
  type Payment,
  type PaymentFilter,
  type PaymentNotFound,
  type Purchase,
  type Purchases,
  type StorageFailure,
} from "@likeness/core";
import { err, ok, okAsync, ResultAsync, safeTry, type Result } from "neverthrow";

export interface MemoryPurchasesOptions {
  readonly ledger: Pick<Ledger, "topUp" | "refund">;
  /** Takes the jobs of payments, e.g. `memoryStore(…).store.jobs`. */
  readonly jobs: JobOutlet;
}

export interface MemoryPurchases extends Purchases {
  /** While the database is down, every call is a `storage-failure` and nothing is written. */
  setDown(down: boolean): void;
}

/** Purchases and payments in memory. */
export function memoryPurchases({ ledger, jobs }: MemoryPurchasesOptions): MemoryPurchases {
  const purchases = new Map<string, Purchase>();
  const opened = new Map<string, string>();
  const payments = new Map<string, Payment>();
  let down = false;
  // One after the other, as transactions are.
  let last: Promise<unknown> = Promise.resolve();

  const run = <T, E>(work: () => ResultAsync<T, E>): ResultAsync<T, E | StorageFailure> => {
    const turn = last.then(async (): Promise<Result<T, E | StorageFailure>> => (down ? err(outage) : await work()));
    last = turn;
    return new ResultAsync(turn);
  };

  const changed = (payment: Payment, change: Partial<Payment>, ...enqueued: readonly Job[]) =>
    safeTry<Payment, StorageFailure>(async function* () {
      for (const job of enqueued) yield* jobs.enqueue(job);
      const next = { ...payment, ...change };
      payments.set(payment.chargeId, next);
      return ok(next);
    });

  const pay: Purchases["pay"] = (charge) =>
    safeTry(async function* () {
      const known = payments.get(charge.chargeId);
      if (known) return ok({ type: "known" as const, payment: known });
      const payment = bookCharge(charge, purchases.get(charge.purchaseId ?? ""));
      const { ownerId, credits: amount, chargeId } = payment;
      const reference = await paymentReference(chargeId);
      if (amount > 0) yield* ledger.topUp({ ownerId, amount, reference }).mapErr(failure);
      return changed(payment, {}, tellPaymentJob(chargeId)).map((stored) => ({
        type: "new" as const,
        payment: stored,
      }));
    });

  const find = (chargeId: string, ownerId?: string): Result<Payment, PaymentNotFound> => {
    const payment = payments.get(chargeId);
    const isTheirs = payment && (ownerId === undefined || payment.ownerId === ownerId);
    return isTheirs ? ok(payment) : err({ type: "payment-not-found", chargeId });
  };

  return {
    setDown: (value) => {
      down = value;
    },
    open: ({ key, ...purchase }) => run(() => okAsync(openOnce(key, purchase))),
    find: (id) => run(() => okAsync(purchases.get(id))),
    noteInvoice: (id, at) =>
      run(() => {
        const purchase = purchases.get(id);
        if (purchase) purchases.set(id, { ...purchase, invoicedAt: purchase.invoicedAt ?? at });
        return okAsync(undefined);
      }),
    pay: (charge) => run(() => pay(charge)),
    refunded: (charge) =>
      run(() =>
        safeTry(async function* () {
          const { payment } = yield* pay(charge);
          if (payment.state === "refunded") return ok({ type: "known" as const, payment });
          const { ownerId, credits: amount, chargeId } = payment;
          const reference = await paymentReference(chargeId);
          if (amount > 0) yield* ledger.refund({ ownerId, amount, reference }).mapErr(failure);
          const change = { state: "refunded", refundedAt: charge.at, told: false } as const;
          const stored = yield* changed(payment, change, tellPaymentJob(chargeId));
          return ok({ type: "new" as const, payment: stored });
        }),
      ),
    askRefund: ({ chargeId, ownerId, at }) =>
      run(() =>
        find(chargeId, ownerId).asyncAndThen((payment) =>
          changed(payment, payment.state === "refunded" ? {} : { refundAskedAt: payment.refundAskedAt ?? at }),
        ),
      ),
    orderRefund: ({ chargeId, at }) =>
      run(() =>
        find(chargeId).asyncAndThen((payment): ResultAsync<Payment, PaymentNotFound | StorageFailure> =>
          payment.state === "refunded"
            ? okAsync<Payment, StorageFailure>(payment)
            : changed(payment, { refundOrderedAt: payment.refundOrderedAt ?? at }, refundPaymentJob(chargeId)),
        ),
      ),
    noteTold: (chargeId, state) =>
      run(() => {
        const payment = payments.get(chargeId);
        if (payment?.state === state) payments.set(chargeId, { ...payment, told: true });
        return okAsync(undefined);
      }),
    listPayments: (filter, limit, after) =>
      run(() => {
        const listed = [...payments.values()].filter(isIn(filter)).toSorted(newestFirst);
        return okAsync(listed.filter((payment) => !after || newestFirst(after, payment) < 0).slice(0, limit));
      }),
    statement: (ownerId) =>
      run(() => {
        const theirs = {
          purchases: [...purchases.values()].filter((purchase) => purchase.ownerId === ownerId),
          payments: [...payments.values()]
            .filter((payment) => payment.ownerId === ownerId)
            .toSorted((one, other) => newestFirst(other, one)),
        };
        return okAsync(theirs.purchases.length + theirs.payments.length > 0 ? theirs : undefined);
      }),
    deleteUnpaid: (before, limit) =>
      run(() => {
        const paid = new Set([...payments.values()].map(({ purchaseId }) => purchaseId));
        const unpaid = [...purchases.values()].filter(({ id, createdAt }) => createdAt < before && !paid.has(id));
        const gone = new Set(unpaid.slice(0, limit).map(({ id }) => id));
        for (const id of gone) purchases.delete(id);
        for (const [key, id] of opened) if (gone.has(id)) opened.delete(key);
        return okAsync(gone.size);
      }),
    pseudonymise: (ownerId, pseudonym) =>
      run(() => {
        if ([...payments.values()].some((payment) => payment.ownerId === pseudonym)) return okAsync(undefined);
        const forgotten = new Set<string>();
        const paid = new Set([...payments.values()].map(({ purchaseId }) => purchaseId));
        for (const purchase of purchases.values()) {
          if (purchase.ownerId !== ownerId) continue;
          forgotten.add(purchase.id);
          if (paid.has(purchase.id)) purchases.set(purchase.id, { ...purchase, ownerId: pseudonym });
          else purchases.delete(purchase.id);
        }
        for (const [key, id] of opened) if (forgotten.has(id)) opened.delete(key);
        for (const payment of payments.values())
          if (payment.ownerId === ownerId)
            payments.set(payment.chargeId, { ...payment, ownerId: pseudonym, told: true });
        return okAsync(undefined);
      }),
  };

  function openOnce(key: string, purchase: Omit<NewPurchase, "key">) {
    const known = purchases.get(opened.get(key) ?? "");
    if (known) return { type: "known", purchase: known } as const;
    opened.set(key, purchase.id);
    purchases.set(purchase.id, purchase);
    return { type: "new", purchase } as const;
  }
}

const outage: StorageFailure = { type: "storage-failure", cause: "the database is down" };

const failure = (cause: unknown): StorageFailure => ({ type: "storage-failure", cause });

const isIn =
  (filter: PaymentFilter) =>
  (payment: Payment): boolean => {
    if ("ownerId" in filter) return payment.ownerId === filter.ownerId;
    if ("chargeIds" in filter) return filter.chargeIds.includes(payment.chargeId);
    if (filter.need === "untold") return !payment.told;
    const { state, refundAskedAt, refundOrderedAt } = payment;
    return state === "unassigned" || (state === "booked" && (refundAskedAt ?? refundOrderedAt) !== undefined);
  };

type Placed = Pick<Payment, "paidAt" | "chargeId">;

const newestFirst = (one: Placed, other: Placed): number =>
  other.paidAt.localeCompare(one.paidAt) || other.chargeId.localeCompare(one.chargeId);
