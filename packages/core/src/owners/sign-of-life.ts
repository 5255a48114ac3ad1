import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { atomically } from "../ports/atomically.ts";
import type { Ports } from "../ports/ports.ts";
import type { SaveError, StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { addSeconds, type Timestamp } from "../values/timestamp.ts";
import type { Owner } from "./owner.ts";

export interface OwnerCommand {
  readonly actor: string;
}

/** A sign of life is written at most once in this time. */
const seenSeconds = 3_600;

/** Notes that a person was seen, so that the data of people who have left can be found. */
export const noteSeen = (
  { store, clock }: Pick<Ports, "store" | "clock">,
  { actor }: OwnerCommand,
): ResultAsync<void, StorageFailure> =>
  safeTry(async function* () {
    if (isFresh(yield* store.owners.find(actor), clock.now())) return ok(undefined);
    return atomically(store, (tx) => noteSign(tx, { clock }, actor));
  });

/**
 * Notes a sign of life with what a person does, in the same transaction: whoever has an avatar has a row, also where the
 * host never says that they were seen. The caller holds the avatar that it is about, if there is one, so that nothing is
 * written for an owner who is erased meanwhile, and holds the owner's consents after this: all take these rows in this order.
 */
export const noteSign = (
  { owners }: Pick<Repositories, "owners">,
  { clock }: Pick<Ports, "clock">,
  actor: string,
): ResultAsync<void, SaveError> =>
  safeTry(async function* () {
    const now = clock.now();
    if (isFresh(yield* owners.find(actor), now)) return okAsync(undefined);
    return owners.save(yield* ownerSeen({ owners }, actor, now)).map(() => undefined);
  });

/** The owner's row, held until the transaction ends, or the one to save where there is none; seen at this moment. */
export const ownerSeen = (
  { owners }: Pick<Repositories, "owners">,
  id: string,
  now: Timestamp,
): ResultAsync<Owner, StorageFailure> =>
  owners.hold(id).map((owner): Owner => ({ version: 0, ...owner, id, lastSeenAt: now }));

const isFresh = (owner: Owner | undefined, now: Timestamp): boolean =>
  owner !== undefined && addSeconds(owner.lastSeenAt, seenSeconds) > now;
