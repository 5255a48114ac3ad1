import { trainingKind, type CreditsFailure, type Likeness, type Offer, type QuoteImages } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import type { Payable } from "../../texts/payable.ts";

/** What orders would cost the person, and what the person can spend; nothing where they cost nothing. */
export type Offered = ResultAsync<Payable, CreditsFailure>;

export const offerForTraining = (
  { credits }: Pick<Likeness, "credits">,
  { actor }: { readonly actor: string },
): Offered => credits.quote({ actor, kind: trainingKind.name, count: 1 }).map(payable);

/** Pictures, as far as their price depends on them. */
export type WantedPictures = Omit<QuoteImages, "actor">;

export const offerForPictures = (
  { images }: Pick<Likeness, "images">,
  { actor }: { readonly actor: string },
  wanted: WantedPictures,
): Offered => images.quote({ actor, ...wanted }).map(payable);

const payable = ({ price, balance }: Partial<Offer> = {}): Payable =>
  price ? { price, ...(balance && { have: balance.balance - balance.held, owed: balance.owed }) } : {};
