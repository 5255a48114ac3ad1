import { ok, safeTry, type ResultAsync } from "neverthrow";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { overviewOf, type AvatarOverview } from "./avatar-overview.ts";

/** The actor's avatars, oldest first. */
export function listAvatars(
  ports: Pick<Ports, "store" | "profiles">,
  { actor }: { readonly actor: string },
): ResultAsync<AvatarOverview[], StorageFailure> {
  return safeTry(async function* () {
    const overviews: AvatarOverview[] = [];
    for (const avatar of yield* ports.store.avatars.listByOwner(actor))
      overviews.push(yield* overviewOf(ports, avatar));
    return ok(overviews);
  });
}
