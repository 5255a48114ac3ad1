import { addSeconds, describeCause, type Clock, type Log } from "@likeness/core";
import type { Kysely } from "kysely";
import type { Database } from "../database.ts";
import { extendLease } from "./job-statements.ts";
import type { JobRow } from "./job-table.ts";

export interface LeaseOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly leaseSeconds: number;
}

/** A claim that is renewed until it is released, or until another worker has claimed the job. */
export interface Lease {
  isHeld(): boolean;
  letGo(): void;
}

export function keepLease(
  db: Kysely<Database>,
  claimed: JobRow,
  { clock, log, leaseSeconds }: LeaseOptions,
  onLost: () => void,
): Lease {
  const { kind, key } = claimed;
  let held = true;
  let callOff = (): void => undefined;

  const letGo = (): void => {
    held = false;
    callOff();
  };

  const renewLater = (): void => {
    callOff = clock.after((leaseSeconds / 3) * 1_000, () => void renew());
  };

  const renew = async (): Promise<void> => {
    const renewed = await extendLease(db, claimed, addSeconds(clock.now(), leaseSeconds));
    if (!held) return;
    if (renewed.isErr()) log.error({ kind, key, error: describeCause(renewed.error) }, "a lease could not be renewed");
    if (renewed.isErr() || renewed.value) return renewLater();
    log.warn({ kind, key }, "a lease was lost");
    letGo();
    onLost();
  };

  renewLater();
  return { isHeld: () => held, letGo };
}

/** A claim of its own, from now on. */
export const newClaim = ({ clock, leaseSeconds }: Pick<LeaseOptions, "clock" | "leaseSeconds">) => {
  const now = clock.now();
  return { now, until: addSeconds(now, leaseSeconds), owner: crypto.randomUUID() };
};
