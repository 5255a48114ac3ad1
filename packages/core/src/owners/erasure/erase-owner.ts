import { ok, safeTry, type ResultAsync } from "neverthrow";
import type { Avatar } from "../../avatars/avatar.ts";
import { forgetAvatar } from "../../avatars/forget-avatar.ts";
import { erasureJob, wipeJob } from "../../jobs/jobs.ts";
import { cancelErased } from "../../orders/erase-at-provider.ts";
import type { Order } from "../../orders/order.ts";
import { atomically } from "../../ports/atomically.ts";
import type { BoundPorts } from "../../ports/ports.ts";
import type { SaveError, StorageFailure } from "../../ports/storage-errors.ts";
import type { Repositories } from "../../ports/store.ts";
import type { Timestamp } from "../../values/timestamp.ts";
import { isUnderWay, type ErasedCounts, type Erasure } from "./erasure.ts";
import { receiptOf, type ErasureReceipt } from "./erasure-receipt.ts";
import { renameAccount } from "./rename-account.ts";
import { workAtProvider } from "./work-at-provider.ts";

export interface EraseOwner {
  readonly actor: string;
  /**
   * A UUIDv7 chosen by the caller: the id of the receipt. The same id twice is the same erasure, so the caller can repeat
   * the command, and nothing that the person has made since is erased.
   */
  readonly id?: string | undefined;
}

/** Erases only an owner who was last seen then: one who has come back is spared. */
export interface EraseSilentOwner extends EraseOwner {
  readonly lastSeenAt: Timestamp;
}

type ErasePorts = Pick<
  BoundPorts,
  "store" | "provider" | "credits" | "purchases" | "clock" | "ids" | "policy" | "kinds" | "log"
>;

/**
 * Erases everything about an owner. All rows go in one transaction, which also records what is left to do outside of the
 * store: files, what the provider keeps, credits that stay under a random pseudonym. A job carries that on until it is
 * done; the receipt says how far it is. From the transaction on the owner is unknown: who comes back is a new person. An
 * owner who has nothing is erased too.
 */
export function eraseOwner(
  ports: ErasePorts,
  command: EraseSilentOwner,
): ResultAsync<ErasureReceipt | undefined, StorageFailure>;
export function eraseOwner(ports: ErasePorts, command: EraseOwner): ResultAsync<ErasureReceipt, StorageFailure>;
export function eraseOwner(
  ports: ErasePorts,
  { actor, id = ports.ids.next(), lastSeenAt }: EraseOwner & Partial<EraseSilentOwner>,
): ResultAsync<ErasureReceipt | undefined, StorageFailure> {
  const { store } = ports;
  return safeTry(async function* () {
    const known = yield* store.erasures.find(id);
    if (known) return ok(receiptOf(known));
    yield* cancelUnderWay(ports, actor);
    const erasure = yield* atomically<Erasure | undefined, SaveError>(store, (tx) =>
      safeTry(async function* () {
        const repeated = yield* tx.erasures.find(id);
        if (repeated) return ok(repeated);
        const avatars = yield* holdAll(tx, actor);
        const owner = yield* tx.owners.hold(actor);
        if (lastSeenAt !== undefined && owner?.lastSeenAt !== lastSeenAt) return ok(undefined);
        return eraseRows(tx, ports, { actor, id, avatars });
      }),
    );
    // Not left to the job, which may start late. When it fails here, the job repeats it.
    if (isUnderWay(erasure)) await renameAccount(ports, erasure);
    return ok(erasure && receiptOf(erasure));
  });
}

/** Where the provider erases, it stops what runs then. Elsewhere this is the only call that it gets. */
const cancelUnderWay = (ports: ErasePorts, actor: string): ResultAsync<void, StorageFailure> =>
  safeTry(async function* () {
    const { store, provider } = ports;
    if (!provider.cancel) return ok(undefined);
    const orders: Order[] = [];
    for (const { id } of yield* store.avatars.listByOwner(actor))
      orders.push(...(yield* store.orders.listByAvatar(id)));
    const running = orders.filter((order) => order.state.status === "submitted" && !provider.canErase(order.provider));
    await Promise.all(running.map((order) => cancelErased(ports, order)));
    return ok(undefined);
  });

interface RowsToErase {
  readonly actor: string;
  /** Of the erasure. */
  readonly id: string;
  /** Held. */
  readonly avatars: readonly Avatar[];
}

const eraseRows = (
  tx: Repositories,
  ports: ErasePorts,
  { actor, id, avatars }: RowsToErase,
): ResultAsync<Erasure, SaveError> =>
  safeTry(async function* () {
    const { clock, credits, purchases, ids } = ports;
    const blobs = new Set<string>();
    const orders: Order[] = [];
    let counts: ErasedCounts = { avatars: 0, photos: 0, orders: 0, pictures: 0, atProvider: 0, files: 0 };
    for (const avatar of avatars) {
      const pictures = yield* picturesOf(tx, avatar);
      const forgotten = yield* forgetAvatar(tx, ports, avatar);
      for (const key of forgotten.blobKeys) blobs.add(key);
      orders.push(...forgotten.orders);
      counts = {
        ...counts,
        avatars: counts.avatars + 1,
        photos: counts.photos + forgotten.photos.length,
        orders: counts.orders + forgotten.orders.length,
        pictures: counts.pictures + pictures,
      };
    }
    const now = clock.now();
    yield* tx.owners.eraseOwner(actor);
    yield* tx.consents.eraseOwner(actor);
    yield* tx.sessions.eraseOwner(actor);
    yield* tx.inbox.eraseOwner(actor, now);
    const { asked, left } = workAtProvider(ports, orders);
    const account = (credits.pseudonymise ?? purchases) && { ownerId: actor, pseudonym: ids.next() };
    const work = { blobs: [...blobs], orders: asked, ...(account && { account }) };
    const state = { status: "under-way", work, nextCheckAt: now } as const;
    if (tx.jobs.forget) yield* tx.jobs.forget([actor, ...orders.map((order) => order.id)]);
    yield* tx.jobs.enqueue(erasureJob(id));
    yield* tx.jobs.enqueue(wipeJob(ports, id));
    return tx.erasures.save({ id, requestedAt: now, state, erased: counts, left, version: 0 });
  });

/** All avatars, always in the same order, so that two erasures at once do not wait for each other. */
const holdAll = (tx: Repositories, actor: string): ResultAsync<Avatar[], StorageFailure> =>
  safeTry(async function* () {
    const held: Avatar[] = [];
    const listed = yield* tx.avatars.listByOwner(actor);
    for (const { id } of listed.toSorted((left, right) => (left.id < right.id ? -1 : 1))) {
      const avatar = yield* tx.avatars.hold(id);
      if (avatar?.ownerId === actor) held.push(avatar);
    }
    return ok(held);
  });

/** How many pictures an avatar has. */
const picturesOf = ({ pictures }: Repositories, avatar: Avatar): ResultAsync<number, StorageFailure> =>
  safeTry(async function* () {
    const filter = { ownerId: avatar.ownerId, avatarId: avatar.id };
    const [newest] = yield* pictures.list(filter, { limit: 1 });
    return ok(newest ? ((yield* pictures.positionOf(filter, newest.id))?.total ?? 0) : 0);
  });
