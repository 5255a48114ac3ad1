import type { Credits, LedgerCredits, Training } from "@likeness/core";
import { fixtureIds } from "../../fixtures/fixture-ids.ts";
import { aTraining } from "../../fixtures/training.ts";
import { valueOf } from "../../results/value-of.ts";

/** What the suite of `Credits` runs against. */
export interface CreditsSubject {
  readonly credits: Credits;
  /** What a training costs its owner, more than 0. */
  readonly price: number;
  /** Gives credits to an owner, who had none. */
  fund(ownerId: string, amount: number): Promise<unknown>;
}

export type CreateCredits = () => Promise<CreditsSubject>;

/** The optional methods that are there, and are tested. */
export type CreditsAbility = "quote" | "balance" | "openHolds" | "pseudonymise";

/** What the suite of `Ledger` runs against. */
export interface LedgerSubject {
  readonly ledger: LedgerCredits;
  /** What a training costs its owner, more than 0. */
  readonly price: number;
}

export type CreateLedger = () => Promise<LedgerSubject>;

/** An owner whom no other test has. */
export const anOwner = (): string => `owner:${fixtureIds.next()}`;

/** A new order of an owner that costs the price of a training. */
export const anOrderOf = (ownerId: string): Training => aTraining("requested", { ownerId });

/** An owner who can pay for so many trainings. */
export async function fundedOwner({ fund, price }: CreditsSubject, orders: number): Promise<string> {
  const ownerId = anOwner();
  await fund(ownerId, orders * price);
  return ownerId;
}

/** For how many trainings an owner could pay now. */
export async function affordable({ credits }: CreditsSubject, ownerId: string): Promise<number> {
  const probes: Training[] = [];
  for (;;) {
    const probe = anOrderOf(ownerId);
    if ((await credits.reserve(probe)).isErr()) break;
    probes.push(probe);
  }
  for (const { id } of probes) await valueOf(credits.release(id));
  return probes.length;
}
