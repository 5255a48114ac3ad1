import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { jobKinds } from "../jobs/job-kinds.ts";
import { hasEnded } from "../orders/order-lifecycle.ts";
import type { Order } from "../orders/order.ts";
import type { CreditsFailure } from "../ports/credits.ts";
import type { Job } from "../ports/job-queue.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { addSeconds } from "../values/timestamp.ts";
import { settlementOf } from "./capture-or-release.ts";

const page = 100;

/** Captures or releases the credits of an order that is not stored any more, or never was. */
export const settleJob = (orderId: string, outcome: "capture" | "release"): Job => ({
  kind: jobKinds.settleCredits,
  key: orderId,
  payload: { orderId, outcome },
});

type HoldPorts = Pick<Ports, "store" | "clock" | "policy" | "credits" | "kinds">;

/**
 * The jobs for reservations that nothing else settles: the process died before it stored the order, or the database's
 * answer was lost. Reservations that are younger than the policy's `reservationSeconds` are left alone, because their
 * order may still be stored. While a job of an erased order is waiting, the queue adds no other, so its outcome stands.
 */
export function jobsForOpenHolds(ports: HoldPorts): ResultAsync<Job[], StorageFailure | CreditsFailure> {
  const { credits, clock, policy, store } = ports;
  const { openHolds } = credits;
  if (!openHolds) return okAsync([]);
  const before = addSeconds(clock.now(), -policy.reservationSeconds);
  return safeTry(async function* () {
    const jobs: Job[] = [];
    for (let last: string | undefined; ;) {
      const ids = yield* openHolds(before, page, last);
      for (const id of ids) {
        const outcome = outcomeOfHold(ports, yield* store.orders.find(id));
        if (outcome) jobs.push(settleJob(id, outcome));
      }
      last = ids.at(-1);
      if (ids.length < page) return ok(jobs);
    }
  });
}

/** What is due to a reservation; `undefined` while its order is under way, or that one's own job has work left. */
export function outcomeOfHold(
  ports: Pick<HoldPorts, "kinds">,
  order: Order | undefined,
): "capture" | "release" | undefined {
  if (!order) return "release";
  // An order of a kind that this deployment does not have is left alone.
  if (!Object.hasOwn(ports.kinds, order.kind)) return undefined;
  if (!hasEnded(order.state) || order.nextCheckAt !== undefined) return undefined;
  const settlement = settlementOf(ports, order);
  return settlement === "capture" || settlement === "release" ? settlement : undefined;
}
