import { err, ok, safeTry, type ResultAsync } from "neverthrow";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { startOfDay } from "../values/timestamp.ts";
import { countErasedOrders } from "./erased-counts.ts";
import type { NotAllowed, PaidWorkOff, TooManyOrders } from "./guard-errors.ts";
import { checkAllowed } from "./guards.ts";
import { nextDay } from "./spending.ts";

type GuardPorts = Pick<Ports, "guards" | "clock" | "policy">;

/** Whether anything new may be ordered for an owner, by whomever. */
export const checkPaidWork = (
  ports: Pick<GuardPorts, "guards">,
  { guards }: Pick<Repositories, "guards">,
  ownerId: string,
): ResultAsync<void, NotAllowed | PaidWorkOff | StorageFailure> =>
  safeTry(async function* () {
    yield* checkAllowed(ports, ownerId);
    if (ports.guards?.paidWork === "off") return err({ type: "paid-work-off", by: "setting" } as const);
    const switched = yield* guards.paidWork();
    return switched?.state === "off" ? err({ type: "paid-work-off", by: "operator" } as const) : ok(undefined);
  });

/**
 * Whether an owner may place another order, of any kind; a set of pictures is one. What was erased counts too. In a
 * transaction, the caller has to hold the owner, so that two placings at once count each other.
 */
export const checkPlacing = (
  ports: GuardPorts,
  repositories: Pick<Repositories, "guards" | "orders">,
  ownerId: string,
): ResultAsync<void, NotAllowed | PaidWorkOff | TooManyOrders | StorageFailure> =>
  checkPaidWork(ports, repositories, ownerId).andThen(() => checkLimits(ports, repositories, ownerId));

function checkLimits(
  { clock, policy }: GuardPorts,
  { guards, orders }: Pick<Repositories, "guards" | "orders">,
  ownerId: string,
): ResultAsync<void, TooManyOrders | StorageFailure> {
  return safeTry(async function* () {
    const now = clock.now();
    const { maxParallelOrders, maxOrdersPerDay } = policy;
    const stored = yield* orders.countPlaced(ownerId, startOfDay(now));
    // After the stored ones: what is erased in between counts twice instead of not at all.
    const erased = yield* countErasedOrders({ guards }, now, ownerId);
    if (stored.placed + erased.placed >= maxOrdersPerDay) {
      const retryAt = nextDay(now);
      return err({ type: "too-many-orders", limit: "per-day", maximum: maxOrdersPerDay, retryAt } as const);
    }
    return stored.active + erased.active >= maxParallelOrders
      ? err({ type: "too-many-orders", limit: "at-once", maximum: maxParallelOrders } as const)
      : ok(undefined);
  });
}
