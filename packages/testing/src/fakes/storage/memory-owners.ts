import type { Owner, OwnerRepository } from "@likeness/core";
import { ok } from "neverthrow";
import type { RunStep } from "./memory-database.ts";
import { saveRow, type RowKind } from "./rows.ts";

const ownerRows: RowKind<Owner> = { entity: "owner", id: (owner) => owner.id, rules: [] };

export const memoryOwners = (run: RunStep): OwnerRepository => ({
  find: (id) => run(({ owners }) => ok(owners.get(id))),
  // Nothing to lock, because transactions run one after the other.
  hold: (id) => run(({ owners }) => ok(owners.get(id))),
  save: (owner) => run(({ owners }) => saveRow(owners, owner, ownerRows)),
  eraseOwner: (ownerId) =>
    run(({ owners }) => {
      owners.delete(ownerId);
      return ok(undefined);
    }),
});
