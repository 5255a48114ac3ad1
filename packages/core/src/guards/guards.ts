import type { NotAllowed } from "./guard-errors.ts";
import { err, ok, type Result } from "neverthrow";

/** What keeps a deployment from ordering more than its host wants to pay for. What is absent guards nothing. */
export interface Guards {
  /** Owner ids of the people who may use this deployment, e.g. `telegram:42`; absent: everybody. */
  readonly allowedOwners?: readonly string[] | undefined;
  /**
   * US dollars that all orders from midnight to midnight UTC may cost together, by the prices of profiles and recipes.
   * Absent: any amount, and nothing is counted.
   */
  readonly dailySpendCap?: number | undefined;
  /** `off`: nothing new is ordered, whatever the operator has switched; what runs goes on. `on` when absent. */
  readonly paidWork?: "on" | "off" | undefined;
}

/**
 * What an order counts for whose price is not known, in US dollars: one of a kind that says none, or that has a price which
 * is no positive number. More than a picture and less than most trainings cost.
 */
export const unknownPrice = 1;

/** US dollars; the column that counts them has 31 bits of hundredths of cents. */
const mostPerDay = 200_000;

/** Throws for a cap that is no amount, which is a mistake in the host's code. */
export function checkGuards(guards: Guards = {}): Guards {
  const { dailySpendCap: cap = 0 } = guards;
  if (!Number.isFinite(cap) || cap < 0 || cap > mostPerDay)
    throw new RangeError(`the guards' dailySpendCap must be US dollars from 0 to ${mostPerDay}, not ${String(cap)}`);
  return guards;
}

/** Whether an owner may use this deployment. */
export function checkAllowed(
  { guards }: { readonly guards?: Guards | undefined },
  ownerId: string,
): Result<void, NotAllowed> {
  const allowed = guards?.allowedOwners?.includes(ownerId) ?? true;
  return allowed ? ok(undefined) : err({ type: "not-allowed", ownerId });
}
