import type { Credits, LedgerCredits } from "@likeness/core";
import { err, errAsync, fromSafePromise, ok, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { closedGate } from "../contracts/gate.ts";
import { memoryCredits } from "../fakes/memory-credits.ts";
import { valueOf } from "../results/value-of.ts";
import { openOrderStage, type OrderStage } from "./order-stage.ts";
import { owner, type CreateStorage } from "./stage.ts";
import type { TestedKind } from "./tested-kind.ts";

const price = 10;
const policy = { reservationSeconds: 400, trainingDeadlineSeconds: 2_000, imageDeadlineSeconds: 2_000 };

/** Reservations that the process that made them has not settled. */
export function describeOpenHolds(create: CreateStorage, kind: TestedKind): void {
  /** A ledger in which the owner can pay for ten orders. */
  async function funded(): Promise<LedgerCredits> {
    const { kind: name } = kind.stored("requested", { avatarId: "none" });
    const ledger = memoryCredits({ prices: { [name]: price } });
    await valueOf(ledger.topUp({ ownerId: owner, amount: 10 * price, reference: "bought" }));
    return ledger;
  }

  async function open(change: (ledger: LedgerCredits) => Partial<Credits> = () => ({})) {
    const ledger = await funded();
    const stage = await openOrderStage(create, kind, { credits: { ...ledger, ...change(ledger) }, policy });
    const seen = async () => {
      const { balance, held } = await valueOf(ledger.balance(owner));
      return { paid: 10 - balance / price, held: held / price };
    };
    return { ...stage, ledger, seen };
  }

  const place = async (stage: OrderStage) => kind.place(stage, { avatarId: (await stage.draft(kind.photos)).id });

  describe("a reservation of credits", () => {
    it("is released after its time when no order was stored for it, and not before", async () => {
      const { ledger, seen, time } = await open();
      const lost = { ...kind.stored("requested", { avatarId: "none" }), ownerId: owner, createdAt: time.clock.now() };
      await valueOf(ledger.reserve(lost));
      await time.pass(350);
      expect(await seen()).toStrictEqual({ paid: 0, held: 1 });
      await time.pass(150);
      expect(await seen()).toStrictEqual({ paid: 0, held: 0 });
    });

    it("stays as long as its order is under way", async () => {
      const stage = await open();
      await stage.submitted();
      await stage.time.pass(900);
      expect(await stage.seen()).toStrictEqual({ paid: 0, held: 1 });
    });

    it("is captured or released by the end of its order, if that was missed", async () => {
      let isDeaf = true;
      const stage = await open((ledger) => ({
        capture: (id) => (isDeaf ? okAsync(undefined) : ledger.capture(id)),
        release: (id) => (isDeaf ? okAsync(undefined) : ledger.release(id)),
      }));
      await stage.finished();
      const { order, request } = await stage.submitted();
      stage.provider.report(request.requestId, { type: "failed", detail: "out of memory" });
      await stage.untilStatus(order.id, "failed");
      await stage.untilFinished(order.id);
      expect(await stage.seen()).toStrictEqual({ paid: 0, held: 2 });
      isDeaf = false;
      await stage.time.pass(600);
      expect(await stage.seen()).toStrictEqual({ paid: 1, held: 0 });
    });

    it("keeps its outcome when the order is erased while the credits cannot be captured", async () => {
      let isDown = true;
      const down = { type: "credits-failure", cause: "down" } as const;
      const stage = await open((ledger) => ({ capture: (id) => (isDown ? errAsync(down) : ledger.capture(id)) }));
      const order = await stage.succeeded();
      await stage.time.pass(30);
      await valueOf(stage.erase(order));
      await stage.time.pass(900);
      expect(await stage.seen()).toStrictEqual({ paid: 0, held: 1 });
      isDown = false;
      await stage.time.pass(120);
      expect(await stage.seen()).toStrictEqual({ paid: 1, held: 0 });
    });

    it("places no order when the order could only be stored about when the reservation is released", async () => {
      const reserved = closedGate();
      const stage = await open((ledger) => ({
        reserve: (order) => ledger.reserve(order).andThen(() => fromSafePromise(reserved.passed)),
      }));
      const placing = place(stage);
      await stage.time.until("it is reserved", async () => (await stage.seen()).held === 1);
      await stage.time.pass(210);
      reserved.open();
      expect(await placing).toStrictEqual(err({ type: "credits-failure", cause: expect.any(Error) }));
      expect(await stage.seen()).toStrictEqual({ paid: 0, held: 0 });
      expect(stage.provider.submissions).toStrictEqual([]);
    });

    it("lets the sweeper do everything else while the host's credits are down", async () => {
      const down = { type: "credits-failure", cause: "down" } as const;
      const stage = await open(() => ({ openHolds: () => errAsync(down) }));
      expect(await stage.likeness.operator.sweep()).toStrictEqual(ok({ nudged: 0 }));
      const warned = stage.log.entries.filter(({ level }) => level === "warn").map(({ fields }) => fields["error"]);
      expect(warned).toContain("credits-failure");
    });

    it("is found among more than a sweep reads at once", async () => {
      const { ledger, seen, time } = await open();
      await valueOf(ledger.topUp({ ownerId: owner, amount: 300 * price, reference: "more" }));
      for (let lost = 0; lost < 150; lost++) {
        const order = {
          ...kind.stored("requested", { avatarId: "none" }),
          ownerId: owner,
          createdAt: time.clock.now(),
        };
        await valueOf(ledger.reserve(order));
      }
      await time.pass(520);
      expect((await seen()).held).toBe(0);
    });
  });
}
