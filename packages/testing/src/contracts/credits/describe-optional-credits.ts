import { timestamp } from "@likeness/core";
import { describe, expect, it } from "vitest";
import { ok } from "neverthrow";
import { affordable, anOrderOf, anOwner, fundedOwner, type CreateCredits, type CreditsAbility } from "./subject.ts";

const muchLater = timestamp(Date.UTC(9999, 0));
const longAgo = timestamp(Date.UTC(2001, 0));

/** The optional methods, for credits that have them. */
export function describeOptionalCredits(create: CreateCredits, abilities: readonly CreditsAbility[]): void {
  /** The subject with the method that its suite was told about. */
  const having = async <A extends CreditsAbility>(ability: A) => {
    const subject = await create();
    const { [ability]: method } = subject.credits;
    if (!method) throw new Error(`the credits have no ${ability}`);
    return { subject, method };
  };

  describe.runIf(abilities.includes("quote"))("quote", () => {
    it("is the price of all orders together", async () => {
      const { subject, method } = await having("quote");
      const wanted = { actor: anOwner(), kind: "training" };
      const unit = expect.any(String);
      expect(await method({ ...wanted, count: 1 })).toStrictEqual(ok({ amount: subject.price, unit }));
      expect(await method({ ...wanted, count: 4 })).toStrictEqual(ok({ amount: 4 * subject.price, unit }));
    });
  });

  describe.runIf(abilities.includes("balance"))("balance", () => {
    it("is nothing for an owner who never had credits", async () => {
      const { method } = await having("balance");
      expect(await method(anOwner())).toStrictEqual(ok({ balance: 0, held: 0, owed: 0, unit: expect.any(String) }));
    });

    it("contains what is held, and loses what is captured", async () => {
      const { subject, method } = await having("balance");
      const { credits, price } = subject;
      const ownerId = await fundedOwner(subject, 3);
      const [captured, released] = [anOrderOf(ownerId), anOrderOf(ownerId)];
      const seen = async () => {
        const { balance, held, owed } = (await method(ownerId))._unsafeUnwrap();
        return [balance / price, held / price, owed];
      };
      expect(await seen()).toStrictEqual([3, 0, 0]);
      await credits.reserve(captured);
      await credits.reserve(released);
      expect(await seen()).toStrictEqual([3, 2, 0]);
      await credits.capture(captured.id);
      expect(await seen()).toStrictEqual([2, 1, 0]);
      await credits.release(released.id);
      expect(await seen()).toStrictEqual([2, 0, 0]);
    });
  });

  describe.runIf(abilities.includes("openHolds"))("openHolds", () => {
    it("names the orders whose reservations are open and older than a moment, page by page", async () => {
      const { subject, method } = await having("openHolds");
      const ownerId = await fundedOwner(subject, 10);
      const orders = Array.from({ length: 5 }, () => anOrderOf(ownerId));
      for (const order of orders) await subject.credits.reserve(order);
      const [first, second, ...open] = orders.map(({ id }) => id).toSorted();
      await subject.credits.capture(first ?? "");
      await subject.credits.release(second ?? "");
      const mine = (ids: string[]) => ids.filter((id) => orders.some((order) => order.id === id));
      const pages: string[][] = [];
      for (;;) {
        const page = (await method(muchLater, 2, pages.at(-1)?.at(-1)))._unsafeUnwrap();
        expect(page.length).toBeLessThanOrEqual(2);
        if (page.length === 0) break;
        // Otherwise this never ends.
        expect(pages.flat()).not.toContain(page[0]);
        pages.push(page);
      }
      expect(mine(pages.flat())).toStrictEqual(open);
      expect(mine((await method(longAgo, 10))._unsafeUnwrap())).toStrictEqual([]);
    });
  });

  describe.runIf(abilities.includes("pseudonymise"))("pseudonymise", () => {
    it("moves what an owner has, with reservations that are settled later, once and for all", async () => {
      const { subject, method } = await having("pseudonymise");
      const ownerId = await fundedOwner(subject, 3);
      const pseudonym = anOwner();
      const [captured, released] = [anOrderOf(ownerId), anOrderOf(ownerId)];
      await subject.credits.reserve(captured);
      await subject.credits.reserve(released);
      for (let time = 0; time < 2; time++) expect(await method(ownerId, pseudonym)).toStrictEqual(ok(undefined));
      expect([await affordable(subject, ownerId), await affordable(subject, pseudonym)]).toStrictEqual([0, 1]);
      await subject.credits.capture(captured.id);
      await subject.credits.release(released.id);
      expect([await affordable(subject, ownerId), await affordable(subject, pseudonym)]).toStrictEqual([0, 2]);
    });

    it("does nothing for an owner whom it does not know", async () => {
      const { subject, method } = await having("pseudonymise");
      const pseudonym = anOwner();
      expect(await method(anOwner(), pseudonym)).toStrictEqual(ok(undefined));
      expect(await affordable(subject, pseudonym)).toBe(0);
    });
  });
}
