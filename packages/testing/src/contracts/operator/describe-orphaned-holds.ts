import type { LedgerCredits } from "@likeness/core";
import { okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { valueOf } from "../../results/value-of.ts";
import { openStage, owner } from "../../scenarios/stage.ts";
import { anOrderOf } from "../credits/subject.ts";
import { operatorPrice, type CreateOperatorLedger } from "./describe-operator-ledger.ts";

export function describeOrphanedHolds(create: CreateOperatorLedger): void {
  describe("orphaned holds", () => {
    it("are listed when the sweeper should have settled them, without those of orders that run", async () => {
      let isDeaf = true;
      let ledger: LedgerCredits | undefined;
      const stage = await openStage(create, ({ credits }) => {
        ledger = credits;
        return {
          credits: { ...credits, release: (id) => (isDeaf ? okAsync(undefined) : credits.release(id)) },
          policy: { reservationSeconds: 400, trainingDeadlineSeconds: 9_000 },
        };
      });
      if (!ledger) throw new Error("the stage has no ledger");
      const { likeness, submitted, time } = stage;
      await valueOf(ledger.topUp({ ownerId: owner, amount: 2 * operatorPrice, reference: "bought" }));
      const lost = { ...anOrderOf(owner), createdAt: time.clock.now() };
      await valueOf(ledger.reserve(lost));
      await submitted();
      const seen = async () => {
        const { needsPerson, needs } = await valueOf(likeness.operator.inspect());
        return { needsPerson, holds: needs.holds.items };
      };
      await time.pass(700);
      expect(await seen()).toStrictEqual({ needsPerson: false, holds: [] });
      await time.pass(200);
      const listed = [{ orderId: lost.id, settles: "release" }];
      expect(await seen()).toStrictEqual({ needsPerson: true, holds: listed });
      expect((await valueOf(likeness.operator.list({ need: "holds", limit: 1 }))).items).toStrictEqual(listed);
      isDeaf = false;
      await time.pass(200);
      expect(await seen()).toStrictEqual({ needsPerson: false, holds: [] });
      expect(await valueOf(ledger.balance(owner))).toMatchObject({ held: operatorPrice });
    });
  });
}
