import type { CreditsFailure, InvalidBooking } from "@likeness/core";
import type { ResultAsync } from "neverthrow";

/** Throws what a booking has failed with, in a transaction that rolls back when something is thrown. */
export async function orThrowCause<T>(booking: ResultAsync<T, InvalidBooking | CreditsFailure>): Promise<T> {
  const booked = await booking;
  if (booked.isOk()) return booked.value;
  const { error } = booked;
  // The database's own error, by which the transaction is repeated if it was interrupted.
  throw error.type === "credits-failure" ? error.cause : new Error(`not booked: ${error.detail}`, { cause: error });
}
