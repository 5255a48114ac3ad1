import { ok, safeTry, type ResultAsync } from "neverthrow";
import type { BoundPorts } from "../../ports/ports.ts";
import type { StorageFailure } from "../../ports/storage-errors.ts";
import { forgetPhotos } from "./forget-photos.ts";
import { forgetSilentOwners } from "./forget-silent-owners.ts";
import { forgetUnpaid } from "./forget-unpaid.ts";

/** What was removed because its time was over. */
export interface Retained {
  readonly photos: number;
  /** Owners who were told that everything of theirs will be erased. */
  readonly told: number;
  readonly erased: number;
  /** Purchases that were never paid. */
  readonly unpaid: number;
}

/**
 * Removes what the policy keeps no longer: photos of avatars that have a model, purchases that were never paid, and owners
 * who have left.
 */
export const retain = (ports: BoundPorts): ResultAsync<Retained, StorageFailure> =>
  safeTry(async function* () {
    const photos = yield* forgetPhotos(ports);
    const unpaid = yield* forgetUnpaid(ports);
    return ok({ photos, unpaid, ...(yield* forgetSilentOwners(ports)) });
  });
