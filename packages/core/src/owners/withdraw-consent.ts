import { ok, safeTry, type ResultAsync } from "neverthrow";
import { withdrawalJob } from "../jobs/jobs.ts";
import { atomically } from "../ports/atomically.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Timestamp } from "../values/timestamp.ts";
import { stopWork, type Stopped, type StopPorts } from "./stop-work.ts";

/** What came of a withdrawal. Nobody had consented, or it was withdrawn before: `withdrawnAt` is absent. */
export interface Withdrawal extends Stopped {
  readonly withdrawnAt?: Timestamp | undefined;
}

/**
 * Withdraws an owner's consent and stops what is under way: photos that wait are forgotten, trainings and sets are
 * cancelled. What the provider is being asked for at this moment is cancelled by a job as soon as that is known. Avatars
 * and pictures stay.
 */
export function withdrawConsent(
  ports: StopPorts & Pick<Ports, "clock">,
  { actor }: { readonly actor: string },
): ResultAsync<Withdrawal, StorageFailure> {
  const { store, clock } = ports;
  return safeTry(async function* () {
    const withdrawnAt = yield* atomically(store, (tx) =>
      safeTry(async function* () {
        yield* tx.consents.hold(actor);
        // Read after the wait for what still had the consent, so that all of that was placed before.
        const at = clock.now();
        if ((yield* tx.consents.withdraw(actor, at)) === 0) return ok(undefined);
        yield* tx.jobs.enqueue(withdrawalJob(actor, at));
        return ok<Timestamp | undefined>(at);
      }),
    );
    if (withdrawnAt === undefined) return ok({ cancelled: 0, left: 0 });
    return stopWork(ports, { ownerId: actor, until: withdrawnAt }).map((stopped) => ({ withdrawnAt, ...stopped }));
  });
}
