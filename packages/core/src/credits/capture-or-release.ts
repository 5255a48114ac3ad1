import type { ResultAsync } from "neverthrow";
import type { CreditsFailure } from "../ports/credits.ts";
import type { Ports } from "../ports/ports.ts";
import type { Order, OrderState } from "../orders/order.ts";

/** What happens to the credits reserved for an order: captured if it yielded a model in time, released otherwise. */
export const creditsOutcome = ({ status }: OrderState): "capture" | "release" =>
  status === "succeeded" ? "capture" : "release";

/** Captures or releases the credits of an order that has ended. Safe to repeat. */
export const captureOrRelease = (
  { credits }: Pick<Ports, "credits">,
  { id, state }: Order,
): ResultAsync<void, CreditsFailure> => credits[creditsOutcome(state)](id);
