import {
  coreKinds,
  defaultConsent,
  defaultPolicy,
  orThrow,
  silentLog,
  systemClock as clock,
  uuidV7,
} from "@likeness/core";
import { audited, endUnsubmitted } from "@likeness/core/use-cases";
import type { Storage } from "../storage/storage.ts";

/**
 * Ends the orders of a restored database that waited to be submitted: they may have been submitted, and paid, since the
 * backup. Each leaves an entry of the operator. Closes the database, and returns how many there were.
 */
export async function endWaitingOrders({ store, db, close }: Storage, operator: string): Promise<number> {
  const ports = {
    store,
    clock,
    ids: uuidV7(clock),
    log: silentLog,
    policy: defaultPolicy,
    consent: defaultConsent,
    kinds: coreKinds,
  };
  try {
    const waiting = await db.selectFrom("likeness_order").select("id").where("status", "=", "requested").execute();
    for (const { id: orderId } of waiting) {
      const act = { operator, action: "end-unsubmitted", subject: { type: "order", id: orderId } } as const;
      orThrow(
        await audited(
          ports,
          act,
          () => endUnsubmitted(ports, { orderId }),
          ({ type }) => type,
        ),
      );
    }
    return waiting.length;
  } finally {
    await close();
  }
}
