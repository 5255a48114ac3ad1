import { describe, expect, it } from "vitest";
import { err, ok } from "neverthrow";
import { affordable, anOrderOf, anOwner, fundedOwner, type CreateCredits } from "./subject.ts";

const refused = err({ type: "credits-refused", detail: expect.any(String) });

export function describeReserving(create: CreateCredits): void {
  describe("a reservation", () => {
    it("is refused to an owner who has nothing", async () => {
      const { credits } = await create();
      expect(await credits.reserve(anOrderOf(anOwner()))).toStrictEqual(refused);
    });

    it("is made as long as there is enough, and no longer", async () => {
      const subject = await create();
      const ownerId = await fundedOwner(subject, 3);
      for (let order = 0; order < 3; order++)
        expect(await subject.credits.reserve(anOrderOf(ownerId))).toStrictEqual(ok(undefined));
      expect(await subject.credits.reserve(anOrderOf(ownerId))).toStrictEqual(refused);
    });

    it("is of one owner, and leaves others what they have", async () => {
      const subject = await create();
      const [one, other] = [await fundedOwner(subject, 1), await fundedOwner(subject, 2)];
      expect(await subject.credits.reserve(anOrderOf(one))).toStrictEqual(ok(undefined));
      expect([await affordable(subject, one), await affordable(subject, other)]).toStrictEqual([0, 2]);
    });

    it("is made once for an order, however often it is asked for", async () => {
      const subject = await create();
      const ownerId = await fundedOwner(subject, 3);
      const order = anOrderOf(ownerId);
      for (let time = 0; time < 4; time++) expect(await subject.credits.reserve(order)).toStrictEqual(ok(undefined));
      expect(await affordable(subject, ownerId)).toBe(2);
    });

    it("may be tried again when it was refused", async () => {
      const subject = await create();
      const ownerId = anOwner();
      const order = anOrderOf(ownerId);
      expect(await subject.credits.reserve(order)).toStrictEqual(refused);
      await subject.fund(ownerId, subject.price);
      expect(await subject.credits.reserve(order)).toStrictEqual(ok(undefined));
      expect(await affordable(subject, ownerId)).toBe(0);
    });
  });

  describe("the end of a reservation", () => {
    it("is that the credits are spent, once, when it is captured", async () => {
      const subject = await create();
      const ownerId = await fundedOwner(subject, 3);
      const order = anOrderOf(ownerId);
      expect(await subject.credits.reserve(order)).toStrictEqual(ok(undefined));
      for (let time = 0; time < 3; time++) expect(await subject.credits.capture(order.id)).toStrictEqual(ok(undefined));
      expect(await affordable(subject, ownerId)).toBe(2);
    });

    it("is that the owner has them again, once, when it is released", async () => {
      const subject = await create();
      const ownerId = await fundedOwner(subject, 2);
      const order = anOrderOf(ownerId);
      expect(await subject.credits.reserve(order)).toStrictEqual(ok(undefined));
      for (let time = 0; time < 3; time++) expect(await subject.credits.release(order.id)).toStrictEqual(ok(undefined));
      expect(await affordable(subject, ownerId)).toBe(2);
    });

    it("stays what it was: released after a capture changes nothing, and captured after a release", async () => {
      const subject = await create();
      const ownerId = await fundedOwner(subject, 5);
      const [captured, released] = [anOrderOf(ownerId), anOrderOf(ownerId)];
      for (const order of [captured, released])
        expect(await subject.credits.reserve(order)).toStrictEqual(ok(undefined));
      await subject.credits.capture(captured.id);
      await subject.credits.release(released.id);
      for (let time = 0; time < 2; time++) {
        expect(await subject.credits.release(captured.id)).toStrictEqual(ok(undefined));
        expect(await subject.credits.capture(released.id)).toStrictEqual(ok(undefined));
        expect(await affordable(subject, ownerId)).toBe(4);
      }
    });

    it("needs no reservation: without one nothing is spent and nothing given", async () => {
      const subject = await create();
      const ownerId = await fundedOwner(subject, 1);
      const { id } = anOrderOf(ownerId);
      expect(await subject.credits.capture(id)).toStrictEqual(ok(undefined));
      expect(await subject.credits.release(id)).toStrictEqual(ok(undefined));
      expect(await affordable(subject, ownerId)).toBe(1);
    });

    it("does not repeat the charge when a reservation that was captured is asked for again", async () => {
      const subject = await create();
      const ownerId = await fundedOwner(subject, 2);
      const order = anOrderOf(ownerId);
      await subject.credits.reserve(order);
      await subject.credits.capture(order.id);
      expect(await subject.credits.reserve(order)).toStrictEqual(ok(undefined));
      await subject.credits.capture(order.id);
      expect(await affordable(subject, ownerId)).toBe(1);
    });

    it("is final: a released reservation is refused, so that no order runs for nothing", async () => {
      const subject = await create();
      const ownerId = await fundedOwner(subject, 2);
      const order = anOrderOf(ownerId);
      await subject.credits.reserve(order);
      await subject.credits.release(order.id);
      expect(await subject.credits.reserve(order)).toStrictEqual(refused);
      expect(await affordable(subject, ownerId)).toBe(2);
    });
  });
}
