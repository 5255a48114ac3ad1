import { err, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { atomically } from "../../ports/atomically.ts";
import type { Ports } from "../../ports/ports.ts";
import type { StorageFailure } from "../../ports/storage-errors.ts";
import type { Repositories } from "../../ports/store.ts";
import { addSeconds, type Timestamp } from "../../values/timestamp.ts";

/** The owner has exported everything a short while ago. */
export interface TooManyExports {
  readonly type: "too-many-exports";
  /** When it is possible again. */
  readonly retryAt: Timestamp;
}

export interface MayExport {
  readonly actor: string;
  /** Of an export that is repeated, which is always possible. */
  readonly id?: string | undefined;
}

export interface ExportFailed {
  readonly actor: string;
  readonly id: string;
}

type LimitPorts = Pick<Ports, "store" | "clock" | "policy">;

/** Whether an owner may export now: an export reads everything of theirs. */
export const mayExport = (
  { store, ...ports }: LimitPorts,
  command: MayExport,
): ResultAsync<void, TooManyExports | StorageFailure> => checkOwner(ports, command, store.owners.find(command.actor));

const checkOwner = (
  { clock, policy }: Omit<LimitPorts, "store">,
  { id }: MayExport,
  found: ReturnType<Repositories["owners"]["find"]>,
): ResultAsync<void, TooManyExports | StorageFailure> =>
  found.andThen((owner) => {
    const last = owner?.exported;
    if (!last || last.id === id) return ok(undefined);
    const retryAt = addSeconds(last.at, policy.exportIntervalSeconds);
    return retryAt > clock.now() ? err({ type: "too-many-exports", retryAt } as const) : ok(undefined);
  });

/**
 * Notes an export, if the owner may make one. Without a sign of life there is no row to note it in, and none is made: they may
 * be erased meanwhile.
 */
export const noteExport = (
  { store, ...ports }: LimitPorts,
  { actor, id }: Required<MayExport>,
): ResultAsync<void, TooManyExports | StorageFailure> =>
  atomically(store, (tx) =>
    safeTry(async function* () {
      const owner = yield* tx.owners.hold(actor);
      yield* checkOwner(ports, { actor, id }, tx.owners.find(actor));
      if (!owner || owner.exported?.id === id) return ok(undefined);
      return tx.owners.save({ ...owner, exported: { id, at: ports.clock.now() } }).map(() => undefined);
    }),
  );

/** Takes back the note of an export that did not reach the owner, unless they have made another one since. */
export const exportFailed = (
  { store }: Pick<LimitPorts, "store">,
  { actor, id }: ExportFailed,
): ResultAsync<void, StorageFailure> =>
  atomically(store, (tx) =>
    tx.owners
      .hold(actor)
      .andThen((owner) =>
        owner?.exported?.id === id
          ? tx.owners.save({ ...owner, exported: undefined }).map(() => undefined)
          : okAsync(undefined),
      ),
  );
