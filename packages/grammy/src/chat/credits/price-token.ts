import type { CreditsFailure, Quote } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import type { Offered } from "./offer-for.ts";

/** Three characters are what callback data has room for. Two prices of the same token differ by at least this much. */
const tokens = 36 ** 3;

/** The price that a card shows, as its button holds it: up to three of 0-9 and a-z. Without a price it is `0`. */
export const priceToken = (price: Quote | undefined): string => (Math.ceil(price?.amount ?? 0) % tokens).toString(36);

/** Whether orders cost what the button says. Buttons of older versions say nothing: what is free is ordered by them. */
export const isPriceOf = (token: string | undefined, offered: Offered): ResultAsync<boolean, CreditsFailure> =>
  offered.map(({ price }) => priceToken(price) === (token || priceToken(undefined)));
