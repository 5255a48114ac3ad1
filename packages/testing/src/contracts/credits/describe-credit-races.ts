import { describe, expect, it } from "vitest";
import { ok } from "neverthrow";
import { affordable, anOrderOf, fundedOwner, type CreateCredits } from "./subject.ts";

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/** Several calls at once. Credits that take one after the other pass too. */
export function describeCreditRaces(create: CreateCredits): void {
  describe("at once", () => {
    it("as many orders get a reservation as can be paid", async () => {
      const subject = await create();
      const ownerId = await fundedOwner(subject, 5);
      const answers = await Promise.all(times(20, () => subject.credits.reserve(anOrderOf(ownerId))));
      expect(answers.filter((answer) => answer.isOk())).toHaveLength(5);
      for (const answer of answers) if (answer.isErr()) expect(answer.error.type).toBe("credits-refused");
    });

    it("the same order gets one reservation", async () => {
      const subject = await create();
      const ownerId = await fundedOwner(subject, 3);
      const order = anOrderOf(ownerId);
      const answers = await Promise.all(times(10, () => subject.credits.reserve(order)));
      expect(answers).toStrictEqual(answers.map(() => ok(undefined)));
      expect(await affordable(subject, ownerId)).toBe(2);
    });

    it("a capture and a release of the same order have one effect between them", async () => {
      const subject = await create();
      const ownerId = await fundedOwner(subject, 10);
      let left = 10;
      for (let round = 0; round < 5; round++) {
        const order = anOrderOf(ownerId);
        await subject.credits.reserve(order);
        const ends = times(8, (index) => (index % 2 === round % 2 ? ("capture" as const) : ("release" as const)));
        const answers = await Promise.all(ends.map((end) => subject.credits[end](order.id)));
        expect(answers).toStrictEqual(answers.map(() => ok(undefined)));
        const free = await affordable(subject, ownerId);
        expect([left, left - 1]).toContain(free);
        await subject.credits.capture(order.id);
        await subject.credits.release(order.id);
        expect(await affordable(subject, ownerId)).toBe(free);
        left = free;
      }
    });

    it("a reservation and its release leave the owner everything or hold one order", async () => {
      const subject = await create();
      const ownerId = await fundedOwner(subject, 4);
      const order = anOrderOf(ownerId);
      await Promise.all([subject.credits.reserve(order), subject.credits.release(order.id)]);
      expect([3, 4]).toContain(await affordable(subject, ownerId));
      await subject.credits.release(order.id);
      expect(await affordable(subject, ownerId)).toBe(4);
    });
  });
}
