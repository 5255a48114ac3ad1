import {
  addSeconds,
  refundPaymentJob,
  tellPaymentJob,
  type Job,
  type JobHandler,
  type JobOutcome,
  type Log,
  type Payment,
  type StorageFailure,
} from "@likeness/core";
import type { StarTransaction } from "grammy/types";
import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { TelegramProblem } from "../telegram/telegram-problem.ts";
import type { ShopPorts } from "./shop-ports.ts";
import { chargeOfTransaction, pageSize, starTransactions } from "./star-transactions.ts";
import { regularly, takeCharge } from "./take-payment.ts";

/** Pause after a problem of the store or of Telegram. */
const pauseSeconds = 300;

/** Payments that are read at a time. */
const batch = 100;

/** Jobs of payments that are younger than this are under way. */
const youngSeconds = 600;

/**
 * Compares the payments with Telegram's list and stores what is missing, because Telegram keeps the message about a
 * payment for a day only: the handler of `payment.reconcile`. The regular job runs for ever; another one ends when it has compared.
 */
export const reconcile =
  (ports: ShopPorts): JobHandler =>
  ({ key, signal }) => {
    const { clock, log, reconcileSeconds } = ports;
    const again = (seconds: number): JobOutcome => ({ type: "again", at: addSeconds(clock.now(), seconds) });
    return nudge(ports)
      .andThen(() => comparePages(ports, signal))
      .map((compared): JobOutcome => {
        if (compared === "stopped") return again(0);
        return key === regularly ? again(reconcileSeconds) : { type: "done" };
      })
      .orElse((error) => {
        log.warn(problemIn(error), "the payments could not be compared with Telegram's list");
        return okAsync(again(error.type === "rate-limited" ? error.retryAfterSeconds : pauseSeconds));
      });
  };

const problemIn = (error: TelegramProblem | StorageFailure): Parameters<Log["warn"]>[0] =>
  error.type === "storage-failure" ? { key: "reconcile", error: error.type } : { key: "reconcile", problem: error };

type Compared = "all" | "stopped";

/** From the first page on: payments that are known cost one query a page. */
const comparePages = (ports: ShopPorts, signal: AbortSignal): ResultAsync<Compared, TelegramProblem | StorageFailure> =>
  safeTry(async function* () {
    for (let offset = 0; ; offset += pageSize) {
      if (signal.aborted) return ok("stopped" as const);
      const page = yield* starTransactions(ports.api, offset);
      yield* storeMissing(ports, page);
      if (page.length < pageSize) return ok("all" as const);
    }
  });

const storeMissing = (ports: ShopPorts, page: readonly StarTransaction[]): ResultAsync<void, StorageFailure> =>
  safeTry(async function* () {
    const { log, onlySeller, purchases } = ports;
    const lines = page
      .map(chargeOfTransaction)
      .filter((line) => line !== undefined)
      .filter(({ charge }) => onlySeller || charge.purchaseId !== undefined);
    const stored = yield* purchases.listPayments({ chargeIds: lines.map(({ charge }) => charge.chargeId) }, pageSize);
    const givenBack = new Set(lines.filter(({ type }) => type === "refunded").map(({ charge }) => charge.chargeId));
    const states = new Map(stored.map(({ chargeId, state }) => [chargeId, state]));
    for (const { type, charge } of lines) {
      const state = states.get(charge.chargeId);
      // A payment that was given back since is stored with its refund, and told as one.
      if (type === "paid" ? state !== undefined || givenBack.has(charge.chargeId) : state === "refunded") continue;
      const { payment } = yield* takeCharge(ports, type, charge);
      states.set(charge.chargeId, payment.state);
      log.warn({ actor: charge.ownerId, chargeId: charge.chargeId, type }, "found in Telegram's list of payments");
    }
    return ok(undefined);
  });

/** Enqueues the jobs of payments again that should have run by now. */
const nudge = (ports: ShopPorts): ResultAsync<void, StorageFailure> => {
  const young = addSeconds(ports.clock.now(), -youngSeconds);
  return nudgeEach(ports, "untold", ({ chargeId, paidAt, refundedAt }) =>
    (refundedAt ?? paidAt) < young ? tellPaymentJob(chargeId) : undefined,
  ).andThen(() =>
    nudgeEach(ports, "attention", ({ chargeId, refundOrderedAt }) =>
      refundOrderedAt !== undefined && refundOrderedAt < young ? refundPaymentJob(chargeId) : undefined,
    ),
  );
};

const nudgeEach = (
  { purchases, store }: ShopPorts,
  need: "untold" | "attention",
  jobFor: (payment: Payment) => Job | undefined,
): ResultAsync<void, StorageFailure> =>
  safeTry(async function* () {
    for (let last: Payment | undefined; ;) {
      const page: Payment[] = yield* purchases.listPayments({ need }, batch, last);
      for (const job of page.map(jobFor)) if (job) yield* store.jobs.enqueue(job);
      last = page.at(-1);
      if (page.length < batch) return ok(undefined);
    }
  });
