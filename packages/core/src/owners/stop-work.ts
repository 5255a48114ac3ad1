import { err, ok, safeTry, type ResultAsync } from "neverthrow";
import { deferral, jobDone } from "../jobs/jobs.ts";
import { cancelOrder, type CancelPorts } from "../orders/cancel-order.ts";
import { hasEnded } from "../orders/order-lifecycle.ts";
import { idsOf } from "../orders/order.ts";
import { atomically } from "../ports/atomically.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Timestamp } from "../values/timestamp.ts";

export type StopPorts = CancelPorts & Pick<Ports, "log">;

/** Orders of all kinds. */
export interface Stopped {
  readonly cancelled: number;
  /** Those that could not be cancelled yet, or whose result is there already. */
  readonly left: number;
}

interface StopWork {
  readonly ownerId: string;
  /** Only what was begun until then: the owner may have consented again. */
  readonly until: Timestamp;
}

/** Forgets photos of an owner that are not inspected yet, and cancels orders under way. Safe to repeat. */
export function stopWork(ports: StopPorts, { ownerId, until }: StopWork): ResultAsync<Stopped, StorageFailure> {
  const { store } = ports;
  return safeTry(async function* () {
    const stopped = { cancelled: 0, left: 0 };
    for (const { id: avatarId } of yield* store.avatars.listByOwner(ownerId)) {
      yield* forgetPending(ports, avatarId, until);
      for (const order of yield* store.orders.listByAvatar(avatarId)) {
        if (hasEnded(order.state) || order.createdAt > until) continue;
        const answer = await cancelOrder(ports, order);
        if (answer.isErr() && answer.error.type === "storage-failure") return err(answer.error);
        if (answer.isErr())
          ports.log.info({ ...idsOf(order), error: answer.error.type }, "an order cannot be cancelled yet");
        stopped[answer.isOk() && answer.value === "cancelled" ? "cancelled" : "left"] += 1;
      }
    }
    return ok(stopped);
  });
}

/** Photos that were sent but not fetched. */
const forgetPending = (
  { store }: Pick<Ports, "store">,
  avatarId: string,
  until: Timestamp,
): ResultAsync<void, StorageFailure> =>
  safeTry(async function* () {
    const isWaiting = ({
      state,
      createdAt,
    }: {
      readonly state: { readonly status: string };
      readonly createdAt: string;
    }) => state.status === "pending" && createdAt <= until;
    if (!(yield* store.photos.listByAvatar(avatarId)).some(isWaiting)) return ok(undefined);
    return atomically(store, (tx) =>
      safeTry(async function* () {
        yield* tx.avatars.hold(avatarId);
        for (const photo of (yield* tx.photos.listByAvatar(avatarId)).filter(isWaiting))
          yield* tx.photos.delete(photo.id);
        return ok(undefined);
      }),
    );
  });

/** The job of a withdrawal. It runs again until everything has ended that was under way. */
export const stopUntilDone = (ports: StopPorts, work: StopWork): ResultAsync<JobOutcome, StorageFailure> =>
  stopWork(ports, work).map(({ left }) => (left > 0 ? deferral(ports) : jobDone));
