import { errAsync, ok, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import type { Repositories } from "@likeness/core";
import { testStart } from "../../clock/test-clock.ts";
import { anErasedCount } from "../../fixtures/erased-count.ts";
import { valueOf } from "../../results/value-of.ts";
import { foreignText } from "./awkward.ts";
import { dawdle, overlapping } from "./overlapping.ts";
import type { CreateStore } from "./stored.ts";

const day = "2026-11-23";
/** Hundredths of cents: the largest that 31 bits hold. */
const most = 2 ** 31 - 1;

export function describeGuardRepository(create: CreateStore): void {
  describe("guards", () => {
    it("adds up what is spent on a day, up to the cap and not beyond", async () => {
      const { guards } = await create();
      expect(await guards.spentOn(day)).toStrictEqual(ok(0));
      expect(await guards.spend({ day, amount: 11, cap: 10 })).toStrictEqual(ok("beyond-cap"));
      expect(await guards.spentOn(day)).toStrictEqual(ok(0));
      for (const [amount, outcome, sum] of [
        [6, "spent", 6],
        [5, "beyond-cap", 6],
        [4, "spent", 10],
        [0, "spent", 10],
        [1, "beyond-cap", 10],
      ] as const) {
        expect(await guards.spend({ day, amount, cap: 10 })).toStrictEqual(ok(outcome));
        expect(await guards.spentOn(day)).toStrictEqual(ok(sum));
      }
      expect(await guards.spend({ day, amount: 3, cap: 9 })).toStrictEqual(ok("beyond-cap"));
      expect(await guards.spend({ day: "2026-11-24", amount: 3, cap: 9 })).toStrictEqual(ok("spent"));
      expect(await guards.spentOn(day)).toStrictEqual(ok(10));
    });

    it("counts amounts of any size", async () => {
      const { guards } = await create();
      expect(await guards.spend({ day, amount: most, cap: most })).toStrictEqual(ok("spent"));
      expect(await guards.spend({ day, amount: most, cap: most })).toStrictEqual(ok("beyond-cap"));
      expect(await guards.spentOn(day)).toStrictEqual(ok(most));
    });

    it("lets no more through than the cap, however many spend at once", async () => {
      const store = await create();
      const spend = () => store.atomically((tx) => tx.guards.spend({ day, amount: 3, cap: 10 }));
      const outcomes = await Promise.all(Array.from({ length: 20 }, () => valueOf(spend())));
      expect(outcomes.filter((outcome) => outcome === "spent")).toHaveLength(3);
      expect(await store.guards.spentOn(day)).toStrictEqual(ok(9));
    });

    it("counts nothing of a transaction that is rolled back", async () => {
      const store = await create();
      await store.atomically((tx) =>
        tx.guards.spend({ day, amount: 3, cap: 10 }).andThen(() => errAsync({ type: "changed-my-mind" })),
      );
      expect(await store.guards.spentOn(day)).toStrictEqual(ok(0));
    });

    it("counts what was erased of an owner, each once, until it is purged", async () => {
      const { guards } = await create();
      const [first, second] = [anErasedCount(), anErasedCount({ placedAt: "2026-11-22T23:59:59.999Z" })];
      const ended = anErasedCount({ activeUntil: undefined, keepUntil: "2026-11-25T00:00:00.000Z" });
      for (const count of [first, first, second, ended, anErasedCount({ ownerDigest: "1".repeat(64) })])
        await valueOf(guards.noteErased(count));
      const counted = (activeAfter: string) =>
        guards.countErased(first.ownerDigest, { placedSince: "2026-11-23T00:00:00.000Z", activeAfter });
      expect(await counted("2026-11-23T11:59:59.999Z")).toStrictEqual(ok({ active: 2, placed: 2 }));
      expect(await counted("2026-11-23T12:00:00.000Z")).toStrictEqual(ok({ active: 0, placed: 2 }));
      await valueOf(guards.purgeErased("2026-11-24T00:00:00.000Z"));
      expect(await counted("2026-11-23T11:00:00.000Z")).toStrictEqual(ok({ active: 2, placed: 2 }));
      await valueOf(guards.purgeErased("2026-11-24T00:00:00.001Z"));
      expect(await counted("2026-11-23T11:00:00.000Z")).toStrictEqual(ok({ active: 0, placed: 1 }));
    });

    it("keeps the switch as it was last set", async () => {
      const { guards } = await create();
      expect(await guards.paidWork()).toStrictEqual(ok(undefined));
      for (const state of ["off", "off", "on"] as const) {
        expect(await guards.switchPaidWork({ state, switchedAt: testStart })).toStrictEqual(ok(undefined));
        expect(await guards.paidWork()).toStrictEqual(ok({ state, switchedAt: testStart }));
      }
    });

    it("shows a second holder of an owner what the first one wrote, and lets holders of others pass", async () => {
      const store = await create();
      const ownerId = `owner ${foreignText}`;
      const note = (tx: Repositories, name: string, begun: () => void = () => undefined) =>
        tx.guards
          .holdOwner(ownerId)
          .andTee(begun)
          .andThen(() => tx.sessions.find("seen"))
          .andThen((seen) =>
            dawdle(tx).andThen(() => {
              const before = typeof seen?.value === "string" ? seen.value : "";
              const value = `${before}${name}`;
              return tx.sessions.save({ key: "seen", version: seen?.version ?? 0, value });
            }),
          );
      const [first, second] = await overlapping(
        store,
        (tx, begun) => note(tx, "first ", begun),
        () => store.atomically((tx) => note(tx, "second")),
      );
      expect(first.isOk() && second.isOk()).toBe(true);
      expect(await valueOf(store.sessions.find("seen"))).toMatchObject({ value: "first second" });
      expect(
        await store.atomically((tx) => tx.guards.holdOwner("owner:2").andThen(() => okAsync("passed"))),
      ).toStrictEqual(ok("passed"));
    });
  });
}
