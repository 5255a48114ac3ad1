import { largestAmount } from "./checked-booking.ts";

/** What an order of each kind costs its owner, in whole credits; 0 is free of charge. */
export interface CreditPrices extends Readonly<Record<string, number>> {
  readonly training: number;
  /** Each picture of a set. */
  readonly image: number;
  readonly upscale: number;
}

export function checkPrices(prices: CreditPrices): void {
  for (const [kind, price] of Object.entries(prices))
    if (!Number.isSafeInteger(price) || price < 0 || price > largestAmount)
      throw new RangeError(`the price of ${kind} must be a whole number from 0 to ${largestAmount}, not ${price}`);
}
