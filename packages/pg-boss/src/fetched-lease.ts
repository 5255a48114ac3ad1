import type { Clock } from "@likeness/core";
import type { JobAttempt, PgBoss } from "pg-boss";
import { changedOne } from "./changed-one.ts";
import { heartbeatSeconds } from "./settings.ts";

export interface FetchedLease {
  /** Aborted when the claim is lost. */
  readonly signal: AbortSignal;
  letGo(): void;
}

/** Sends the heartbeats of a fetched job, until it is released or the claim is no longer valid. */
export function keepLease(
  boss: PgBoss,
  name: string,
  { id, retryCount }: JobAttempt,
  { clock }: { readonly clock: Clock },
): FetchedLease {
  const controller = new AbortController();
  let held = true;
  let callOff = (): void => undefined;

  const renew = async (): Promise<void> => {
    // While the database cannot be reached, the claim may still be valid.
    const renewed = await boss.touch(name, { id, retryCount }).then(changedOne, () => true);
    if (!held) return;
    if (renewed) renewLater();
    else controller.abort();
  };

  const renewLater = (): void => {
    callOff = clock.after((heartbeatSeconds / 2) * 1_000, () => void renew());
  };

  renewLater();
  return {
    signal: controller.signal,
    letGo: () => {
      held = false;
      callOff();
    },
  };
}
