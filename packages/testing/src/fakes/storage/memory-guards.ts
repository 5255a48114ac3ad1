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
  noteErased: (count) =>
    run(({ erasedCounts }) => {
      if (!erasedCounts.has(count.id)) erasedCounts.set(count.id, count);
      return ok(undefined);
    }),
  countErased: (ownerDigest, { placedSince, activeAfter }) =>
    run(({ erasedCounts }) => {
      const own = [...erasedCounts.values()].filter((count) => count.ownerDigest === ownerDigest);
      return ok({
        active: own.filter(({ activeUntil = "" }) => activeUntil > activeAfter).length,
        placed: own.filter(({ placedAt }) => placedAt >= placedSince).length,
      });
    }),
  purgeErased: (moment) =>
    run(({ erasedCounts }) => {
      for (const { id, keepUntil } of erasedCounts.values()) if (keepUntil < moment) erasedCounts.delete(id);
      return ok(undefined);
    }),
});
