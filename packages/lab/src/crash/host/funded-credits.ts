import type { Credits } from "@likeness/core";
import type { KyselyCredits } from "@likeness/kysely";

/** What orders cost in the laboratory. */
export const prices = { training: 100, image: 10, upscale: 5 } as const;

/** Nobody spends as much in a run. */
const gift = 1_000_000;

/** A ledger in which every owner is given enough, once, before the first reservation. */
export const fundedCredits = (ledger: KyselyCredits): Credits => ({
  ...ledger,
  reserve: (order) =>
    ledger
      .adjust({ ownerId: order.ownerId, amount: gift, reason: "gift", reference: order.ownerId })
      .mapErr((error) =>
        error.type === "credits-failure" ? error : ({ type: "credits-failure", cause: error } as const),
      )
      .andThen(() => ledger.reserve(order)),
});
