import { adjustReasons, type Adjustment, type Booking, type InvalidBooking } from "@likeness/core";
import { err, ok, type Result } from "neverthrow";

/** Of one entry. Also below what an `integer` of PostgreSQL holds, 2,147,483,647. */
export const largestAmount = 1_000_000_000;
/** Of an account: of its balance, and of what is owed. */
export const largestSum = 2_000_000_000;
const longestReference = 200;

export const invalid = (detail: string): InvalidBooking => ({ type: "invalid-booking", detail });

const checkAmount = (amount: number, smallest: number): Result<void, InvalidBooking> =>
  Number.isSafeInteger(amount) && amount !== 0 && amount >= smallest && amount <= largestAmount
    ? ok(undefined)
    : err(invalid(`the amount is a whole number from ${smallest} to ${largestAmount} and not 0, not ${amount}`));

const checkTexts = ({ ownerId, reference }: Booking): Result<void, InvalidBooking> => {
  if (ownerId === "") return err(invalid("there is no owner"));
  return reference.length > 0 && reference.length <= longestReference
    ? ok(undefined)
    : err(invalid(`the reference has 1 to ${longestReference} characters, not ${reference.length}`));
};

export const checkBooking = (booking: Booking): Result<void, InvalidBooking> =>
  checkAmount(booking.amount, 1).andThen(() => checkTexts(booking));

export const checkAdjustment = (adjustment: Adjustment): Result<void, InvalidBooking> => {
  if (!adjustReasons.includes(adjustment.reason))
    return err(invalid(`the reason is ${adjustReasons.join(", ")}, not ${adjustment.reason}`));
  return checkAmount(adjustment.amount, -largestAmount).andThen(() => checkTexts(adjustment));
};
