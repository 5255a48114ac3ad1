import { err, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { Ports } from "../../ports/ports.ts";
import type { StorageFailure } from "../../ports/storage-errors.ts";
import type { AccountToRename, ErasureUnderWay } from "./erasure.ts";

type RenamePorts = Pick<Ports, "store" | "credits" | "purchases" | "log">;

/**
 * Gives credits and payments of an erased owner a pseudonym, before anything slow, and stores at once that it is done:
 * what somebody buys who comes back is not part of the erasure. `undefined`: another process carries the erasure on. An
 * account that cannot be renamed yet stays to be done.
 */
export const renameAccount = (
  ports: RenamePorts,
  erasure: ErasureUnderWay,
): ResultAsync<ErasureUnderWay | undefined, StorageFailure> =>
  safeTry(async function* () {
    const { account, ...work } = erasure.state.work;
    if (!account || !(await isRenamed(ports, erasure.id, account))) return okAsync(erasure);
    const state = { ...erasure.state, work };
    return ports.store.erasures
      .save({ ...erasure, state })
      .map((saved): ErasureUnderWay | undefined => ({ ...saved, state }))
      .orElse((error) => (error.type === "storage-failure" ? err(error) : okAsync(undefined)));
  });

async function isRenamed(
  { credits, purchases, log }: RenamePorts,
  erasureId: string,
  { ownerId, pseudonym }: AccountToRename,
): Promise<boolean> {
  const failed = [
    await credits.pseudonymise?.(ownerId, pseudonym),
    await purchases?.pseudonymise(ownerId, pseudonym),
  ].filter((answer) => answer?.isErr());
  if (failed.length > 0) log.warn({ erasureId }, "the account of an erased owner cannot be renamed yet");
  return failed.length === 0;
}
