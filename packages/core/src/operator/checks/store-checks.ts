import { found, type Check } from "../../ports/check.ts";
import type { Store } from "../../ports/store.ts";

/** The checks of the store; for one without any, whether it answers. */
export const storeChecks = (store: Store): readonly Check[] => store.checks?.() ?? [answers(store)];

const answers = ({ guards }: Store): Check => ({
  name: "database",
  cheap: true,
  look: async () =>
    (await guards.paidWork()).match(
      () => [found.ok("it answers")],
      ({ cause }) => [
        found.broken(
          `it does not answer: ${cause instanceof Error ? cause.message : String(cause)}`,
          "see whether it is running and can be reached from here",
        ),
      ],
    ),
});
