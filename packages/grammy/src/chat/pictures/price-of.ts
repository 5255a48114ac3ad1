import type { CreditsFailure, Likeness, Quote, QuoteImages } from "@likeness/core";
import type { ResultAsync } from "neverthrow";

/** What pictures would cost the person; `undefined` where they cost nothing. */
export const priceOf = ({ images }: Likeness, wanted: QuoteImages): ResultAsync<Quote | undefined, CreditsFailure> =>
  images.quote(wanted).map(({ price }) => (price && price.amount > 0 ? price : undefined));
