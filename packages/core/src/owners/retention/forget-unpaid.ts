import { ok, safeTry, type ResultAsync } from "neverthrow";
import type { Ports } from "../../ports/ports.ts";
import type { StorageFailure } from "../../ports/storage-errors.ts";
import { addSeconds } from "../../values/timestamp.ts";

/** Purchases that are deleted at a time. */
const batch = 500;

/** Deletes what people meant to buy and never paid. Returns how many. */
export const forgetUnpaid = ({
  purchases,
  clock,
  policy,
}: Pick<Ports, "purchases" | "clock" | "policy">): ResultAsync<number, StorageFailure> =>
  safeTry(async function* () {
    if (!purchases) return ok(0);
    const before = addSeconds(clock.now(), -policy.unpaidPurchaseSeconds);
    for (let deleted = 0; ;) {
      const some = yield* purchases.deleteUnpaid(before, batch);
      deleted += some;
      if (some < batch) return ok(deleted);
    }
  });
