import { err, ok, okAsync, type ResultAsync } from "neverthrow";
import type { Clock } from "../ports/clock.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { addSeconds, startOfDay, type Timestamp } from "../values/timestamp.ts";
import type { SpendCapReached } from "./guard-errors.ts";
import { unknownPrice, type Guards } from "./guards.ts";

/** How many of the units in which spending is stored a dollar has: hundredths of a cent, in whole numbers. */
export const unitsPerDollar = 10_000;

/** An amount in these units. A price of less than one, and the rest of one, counts as a whole one. */
const unitsOf = (dollars: number): number => Math.ceil(Number((dollars * unitsPerDollar).toFixed(6)));

interface SpendingPorts {
  readonly guards?: Guards | undefined;
  readonly clock: Clock;
}

/** What orders cost together, where the price is known. */
export const priceOf = (dollars: number | undefined, orders: number): number =>
  dollars !== undefined && Number.isFinite(dollars) && dollars >= 0 ? dollars : orders * unknownPrice;

/** The day of a moment in UTC, e.g. `2026-11-30`. */
export const dayOf = (moment: Timestamp): string => moment.slice(0, 10);

/** Midnight UTC after a moment. */
export const nextDay = (moment: Timestamp): Timestamp => addSeconds(startOfDay(moment), 86_400);

/** Whether this would exceed the cap of today, by what is stored now. */
export function checkSpending(
  { guards, clock }: SpendingPorts,
  { guards: stored }: Pick<Repositories, "guards">,
  dollars: number,
): ResultAsync<void, SpendCapReached | StorageFailure> {
  const cap = guards?.dailySpendCap;
  if (cap === undefined) return okAsync(undefined);
  const now = clock.now();
  return stored
    .spentOn(dayOf(now))
    .andThen((spent) => (spent + unitsOf(dollars) <= unitsOf(cap) ? ok(undefined) : err(reached(now))));
}

/**
 * Counts what orders cost as spent today, in the transaction that stores them: nothing is given back when one fails. Until
 * the transaction ends, others that spend wait, so this is its last step. Without a cap it writes nothing.
 */
export function spend(
  { guards, clock }: SpendingPorts,
  { guards: stored }: Pick<Repositories, "guards">,
  dollars: number,
): ResultAsync<void, SpendCapReached | StorageFailure> {
  const cap = guards?.dailySpendCap;
  if (cap === undefined) return okAsync(undefined);
  const now = clock.now();
  return stored
    .spend({ day: dayOf(now), amount: unitsOf(dollars), cap: unitsOf(cap) })
    .andThen((outcome) => (outcome === "spent" ? ok(undefined) : err(reached(now))));
}

const reached = (now: Timestamp): SpendCapReached => ({ type: "spend-cap-reached", retryAt: nextDay(now) });
