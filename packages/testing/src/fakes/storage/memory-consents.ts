import type { Consent, ConsentRepository } from "@likeness/core";
import { ok } from "neverthrow";
import { copyOf } from "./copy-of.ts";
import type { RunStep } from "./memory-database.ts";
import { rowsBy } from "./rows.ts";
import type { Tables } from "./tables.ts";

const newestFirst = ({ consents }: Tables, pick: (consent: Consent) => boolean): Consent[] =>
  rowsBy(consents, pick, (consent) => consent.givenAt + consent.id).toReversed();

const openOf = (tables: Tables, ownerId: string): Consent[] =>
  newestFirst(tables, (consent) => consent.ownerId === ownerId && consent.withdrawnAt === undefined);

export const memoryConsents = (run: RunStep): ConsentRepository => ({
  insert: (consent) =>
    run((tables) => {
      const same = openOf(tables, consent.ownerId).some(
        ({ version, textHash }) => version === consent.version && textHash === consent.textHash,
      );
      if (same) return ok("known");
      tables.consents.set(consent.id, copyOf(consent));
      return ok("new");
    }),
  // Nothing to lock, because transactions run one after the other.
  hold: (ownerId) => run((tables) => ok(openOf(tables, ownerId))),
  listByOwner: (ownerId) => run((tables) => ok(newestFirst(tables, (consent) => consent.ownerId === ownerId))),
  withdraw: (ownerId, at) =>
    run((tables) => {
      const open = openOf(tables, ownerId);
      for (const consent of open) tables.consents.set(consent.id, { ...consent, withdrawnAt: at });
      return ok(open.length);
    }),
  eraseOwner: (ownerId) =>
    run(({ consents }) => {
      for (const consent of consents.values()) if (consent.ownerId === ownerId) consents.delete(consent.id);
      return ok(undefined);
    }),
});
