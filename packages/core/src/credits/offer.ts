import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { CreditBalance, CreditsFailure, Quote, Wanted } from "../ports/credits.ts";
import type { Ports } from "../ports/ports.ts";

/** What orders would cost their owner, and what the owner has. */
export interface Offer {
  readonly price: Quote;
  /** Absent where the host's credits do not tell. */
  readonly balance?: CreditBalance | undefined;
}

/** `undefined` where such orders cost their owner nothing. */
export function quoteOrders(
  { credits }: Pick<Ports, "credits">,
  wanted: Wanted,
): ResultAsync<Offer | undefined, CreditsFailure> {
  return safeTry(async function* () {
    const price = yield* credits.quote?.(wanted) ?? okAsync(undefined);
    if (!price || price.amount <= 0) return ok(undefined);
    const balance = yield* readBalance({ credits }, wanted);
    return ok({ price, ...(balance && { balance }) });
  });
}

/** `undefined` where the host's credits do not tell. */
export const readBalance = (
  { credits }: Pick<Ports, "credits">,
  { actor }: { readonly actor: string },
): ResultAsync<CreditBalance | undefined, CreditsFailure> => credits.balance?.(actor) ?? okAsync(undefined);
