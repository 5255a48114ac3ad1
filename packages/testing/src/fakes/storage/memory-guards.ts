import type { GuardRepository } from "@likeness/core";
import { ok } from "neverthrow";
import type { RunStep } from "./memory-database.ts";

const paidWork = "paid-work";

export const memoryGuards = (run: RunStep): GuardRepository => ({
  // Transactions run one after the other.
  holdOwner: () => run(() => ok(undefined)),
  spend: ({ day, amount, cap }) =>
    run(({ spending }) => {
      const sum = (spending.get(day) ?? 0) + amount;
      if (sum > cap) return ok("beyond-cap" as const);
      spending.set(day, sum);
      return ok("spent" as const);
    }),
  spentOn: (day) => run(({ spending }) => ok(spending.get(day) ?? 0)),
  paidWork: () => run(({ switches }) => ok(switches.get(paidWork))),
  switchPaidWork: (to) =>
    run(({ switches }) => {
      switches.set(paidWork, to);
      return ok(undefined);
    }),
});
