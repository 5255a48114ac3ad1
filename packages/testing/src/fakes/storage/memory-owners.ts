import type { Owner, OwnerRepository } from "@likeness/core";
import { ok } from "neverthrow";
import type { RunStep } from "./memory-database.ts";
import { isBefore, rowsBy, saveRow, type RowKind } from "./rows.ts";

const ownerRows: RowKind<Owner> = { entity: "owner", id: (owner) => owner.id, rules: [] };

const placeOf = ({ lastSeenAt, id }: Pick<Owner, "lastSeenAt" | "id">): string => lastSeenAt + id;

export const memoryOwners = (run: RunStep): OwnerRepository => ({
  find: (id) => run(({ owners }) => ok(owners.get(id))),
  // Nothing to lock, because transactions run one after the other.
  hold: (id) => run(({ owners }) => ok(owners.get(id))),
  save: (owner) => run(({ owners }) => saveRow(owners, owner, ownerRows)),
  silentBefore: (moment, limit, after) =>
    run(({ owners }) =>
      ok(
        rowsBy(owners, (owner) => isBefore(owner.lastSeenAt, moment), placeOf)
          .filter((owner) => !after || placeOf(owner) > placeOf(after))
          .slice(0, limit),
      ),
    ),
  eraseOwner: (ownerId) =>
    run(({ owners }) => {
      owners.delete(ownerId);
      return ok(undefined);
    }),
});
