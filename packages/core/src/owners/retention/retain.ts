import { ok, safeTry, type ResultAsync } from "neverthrow";
import type { Ports } from "../../ports/ports.ts";
import type { StorageFailure } from "../../ports/storage-errors.ts";
import { forgetPhotos } from "./forget-photos.ts";
import { forgetSilentOwners } from "./forget-silent-owners.ts";

/** What was removed because its time was over. */
export interface Retained {
  readonly photos: number;
  /** Owners who were told that everything of theirs will be erased. */
  readonly told: number;
  readonly erased: number;
}

/** Removes what the policy keeps no longer: photos of avatars that have a model, and owners who have left. */
export const retain = (ports: Ports): ResultAsync<Retained, StorageFailure> =>
  safeTry(async function* () {
    const photos = yield* forgetPhotos(ports);
    return ok({ photos, ...(yield* forgetSilentOwners(ports)) });
  });
