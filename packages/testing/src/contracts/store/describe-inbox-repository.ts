import { describe, expect, it } from "vitest";
import { addSeconds, inboxOutcomes, type InboxDelivery, type InboxRepository } from "@likeness/core";
import { ok } from "neverthrow";
import { testStart } from "../../clock/test-clock.ts";
import { fixtureIds } from "../../fixtures/fixture-ids.ts";
import { anInboxDelivery } from "../../fixtures/inbox-delivery.ts";
import { valueOf } from "../../results/value-of.ts";
import { foreignText } from "./awkward.ts";
import type { CreateStore } from "./stored.ts";

/** The emptied fields of a delivery with an outcome. */
const nothing = { headers: {}, body: new Uint8Array() };

const everyByte = Uint8Array.from({ length: 512 }, (_, index) => index % 256);

export function describeInboxRepository(create: CreateStore): void {
  describe("inbox", () => {
    it.each([true, false])("gives back every field and byte of a delivery (verified: %s)", async (verified) => {
      const { inbox } = await create();
      const headers = { "x-example-signature": "00ff", "x-note": foreignText };
      const delivery = anInboxDelivery({ verified, headers, body: everyByte, requestId: foreignText });
      expect(await inbox.insert(delivery)).toStrictEqual(ok("new"));
      expect(await found(inbox, delivery.id)).toStrictEqual(delivery);
    });

    it("gives back a delivery that is about no training", async () => {
      const { inbox } = await create();
      const { orderId: _, ...delivery } = anInboxDelivery();
      expect(await inbox.insert(delivery)).toStrictEqual(ok("new"));
      expect(await inbox.insert({ ...delivery, id: fixtureIds.next() })).toStrictEqual(ok("known"));
      expect(await found(inbox, delivery.id)).toStrictEqual(delivery);
      const settledAt = addSeconds(testStart, 3);
      await valueOf(inbox.settle(delivery.id, "applied", settledAt));
      expect(await found(inbox, delivery.id)).toStrictEqual({ ...delivery, ...nothing, outcome: "applied", settledAt });
    });

    it("stores an empty body", async () => {
      const { inbox } = await create();
      const delivery = anInboxDelivery({ body: new Uint8Array() });
      await valueOf(inbox.insert(delivery));
      expect(await found(inbox, delivery.id)).toStrictEqual(delivery);
    });

    it("knows nothing of an id that was never stored", async () => {
      const { inbox } = await create();
      expect(await inbox.find("nothing")).toStrictEqual(ok(undefined));
    });

    it("knows a delivery by source, request id and digest together", async () => {
      const { inbox } = await create();
      const delivery = anInboxDelivery();
      const like = (change: Partial<InboxDelivery>) => inbox.insert({ ...delivery, id: fixtureIds.next(), ...change });
      expect(await inbox.insert(delivery)).toStrictEqual(ok("new"));
      expect(await like({ orderId: "another", receivedAt: addSeconds(testStart, 9) })).toStrictEqual(ok("known"));
      expect(await like({ digest: "another" })).toStrictEqual(ok("new"));
      expect(await like({ requestId: "another" })).toStrictEqual(ok("new"));
      expect(await like({ source: "another" })).toStrictEqual(ok("new"));
      expect(await found(inbox, delivery.id)).toStrictEqual(delivery);
    });

    it("stores a delivery that comes twenty times in parallel once", async () => {
      const store = await create();
      const delivery = anInboxDelivery();
      const results = await Promise.all(
        Array.from({ length: 20 }, () =>
          store.atomically((tx) => tx.inbox.insert({ ...delivery, id: fixtureIds.next() })),
        ),
      );
      expect(results.filter((result) => result.isOk() && result.value === "new")).toHaveLength(1);
      expect(results.filter((result) => result.isOk() && result.value === "known")).toHaveLength(19);
      expect(await valueOf(store.inbox.unsettledBefore(addSeconds(testStart, 1), 100))).toHaveLength(1);
    });

    it("stores several at once, and tells of each whether it is new", async () => {
      const { inbox } = await create();
      expect(await inbox.insertMany([])).toStrictEqual(ok([]));
      const [stored, second, first] = [anInboxDelivery(), anInboxDelivery(), anInboxDelivery({ requestId: "" })];
      const again = (delivery: InboxDelivery) => ({ ...delivery, id: fixtureIds.next() });
      await valueOf(inbox.insert(stored));
      const many = [second, again(stored), first, again(second)];
      expect(await inbox.insertMany(many)).toStrictEqual(ok(["new", "known", "new", "known"]));
      expect(await inbox.insertMany(many)).toStrictEqual(ok(["known", "known", "known", "known"]));
      for (const delivery of [stored, first, second]) expect(await found(inbox, delivery.id)).toStrictEqual(delivery);
      expect(await valueOf(inbox.unsettledBefore(addSeconds(testStart, 1), 100))).toHaveLength(3);
    });

    it("stores the same several in other orders at the same time, each once", async () => {
      const store = await create();
      const several = Array.from({ length: 20 }, () => anInboxDelivery());
      const renamed = (deliveries: readonly InboxDelivery[]) =>
        deliveries.map((delivery) => ({ ...delivery, id: fixtureIds.next() }));
      const orders = [several, several.toReversed(), several.toSorted(() => 1), several.slice(7)].map(renamed);
      const answers = await Promise.all(
        orders.map((deliveries) => store.atomically((tx) => tx.inbox.insertMany(deliveries))),
      );
      const told = answers.flatMap((answer) => answer.unwrapOr([]));
      expect(told.filter((each) => each === "new")).toHaveLength(20);
      expect(await valueOf(store.inbox.unsettledBefore(addSeconds(testStart, 1), 100))).toHaveLength(20);
    });

    it.each(inboxOutcomes)("settles a delivery as %s, once, and lets go of what it held", async (outcome) => {
      const { inbox } = await create();
      const delivery = anInboxDelivery();
      await valueOf(inbox.insert(delivery));
      const settledAt = addSeconds(testStart, 3);
      expect(await inbox.settle(delivery.id, outcome, settledAt)).toStrictEqual(ok(undefined));
      const other = outcome === "applied" ? "ignored" : "applied";
      expect(await inbox.settle(delivery.id, other, addSeconds(testStart, 4))).toStrictEqual(ok(undefined));
      expect(await found(inbox, delivery.id)).toStrictEqual({ ...delivery, ...nothing, outcome, settledAt });
    });

    it("still knows a delivery that was settled", async () => {
      const { inbox } = await create();
      const delivery = anInboxDelivery();
      await valueOf(inbox.insert(delivery));
      await valueOf(inbox.settle(delivery.id, "applied", testStart));
      expect(await inbox.insert({ ...delivery, id: fixtureIds.next() })).toStrictEqual(ok("known"));
    });

    it("deletes a delivery, so that it is known no longer", async () => {
      const { inbox } = await create();
      const [delivery, other] = [anInboxDelivery(), anInboxDelivery()];
      for (const each of [delivery, other]) await valueOf(inbox.insert(each));
      expect(await inbox.delete(delivery.id)).toStrictEqual(ok(undefined));
      expect(await inbox.delete(delivery.id)).toStrictEqual(ok(undefined));
      expect(await inbox.find(delivery.id)).toStrictEqual(ok(undefined));
      expect(await found(inbox, other.id)).toStrictEqual(other);
      expect(await inbox.insert(delivery)).toStrictEqual(ok("new"));
    });

    it("counts the deliveries about an order that are neither verified nor settled", async () => {
      const { inbox } = await create();
      const insert = async (overrides: Partial<InboxDelivery>) => {
        const delivery = anInboxDelivery({ orderId: "t", verified: false, ...overrides });
        await valueOf(inbox.insert(delivery));
        return delivery.id;
      };
      await insert({});
      await insert({});
      await insert({ verified: true });
      await insert({ orderId: "another" });
      await valueOf(inbox.settle(await insert({}), "given_up", testStart));
      expect(await inbox.countUnverified("t")).toStrictEqual(ok(2));
      expect(await inbox.countUnverified("nothing")).toStrictEqual(ok(0));
    });

    it("settles nothing where there is nothing", async () => {
      const { inbox } = await create();
      expect(await inbox.settle("nothing", "applied", testStart)).toStrictEqual(ok(undefined));
      expect(await inbox.find("nothing")).toStrictEqual(ok(undefined));
    });

    it("finds unsettled deliveries from before a moment, oldest first", async () => {
      const { inbox } = await create();
      const insert = async (seconds: number) => {
        const delivery = anInboxDelivery({ receivedAt: addSeconds(testStart, seconds) });
        await valueOf(inbox.insert(delivery));
        return delivery.id;
      };
      const [third, first, settled, second] = [await insert(30), await insert(10), await insert(15), await insert(20)];
      await valueOf(inbox.settle(settled, "applied", addSeconds(testStart, 16)));

      const idsBefore = async (seconds: number, limit: number) =>
        (await valueOf(inbox.unsettledBefore(addSeconds(testStart, seconds), limit))).map(({ id }) => id);
      expect(await idsBefore(30, 10)).toStrictEqual([first, second]);
      expect(await idsBefore(30, 1)).toStrictEqual([first]);
      expect(await idsBefore(31, 10)).toStrictEqual([first, second, third]);
    });

    it("finds the unsettled deliveries of an owner since a moment, oldest first", async () => {
      const { inbox } = await create();
      const ownerId = `owner ${foreignText}`;
      const insert = async (seconds: number, overrides: Partial<InboxDelivery> = {}) => {
        const receivedAt = addSeconds(testStart, seconds);
        const delivery = anInboxDelivery({ ownerId, receivedAt, ...overrides });
        await valueOf(inbox.insert(delivery));
        return delivery.id;
      };
      const idsSince = async (seconds: number, limit = 10) => {
        const open = await valueOf(inbox.unsettledOf(ownerId, addSeconds(testStart, seconds), limit));
        return open.map(({ id }) => id);
      };
      expect(await idsSince(0)).toStrictEqual([]);
      await insert(11, { ownerId: "another" });
      await valueOf(inbox.settle(await insert(12), "applied", addSeconds(testStart, 13)));
      const [third, first, second] = [await insert(30), await insert(10), await insert(20)];
      expect(await idsSince(10)).toStrictEqual([first, second, third]);
      expect(await idsSince(10, 2)).toStrictEqual([first, second]);
      expect(await idsSince(11)).toStrictEqual([second, third]);
      expect(await idsSince(31)).toStrictEqual([]);
    });

    it("empties the deliveries of an owner, and knows them still when they come again", async () => {
      const { inbox } = await create();
      const ownerId = `owner ${foreignText}`;
      const insert = async (overrides: Partial<InboxDelivery>) => {
        const { orderId: _, ...delivery } = anInboxDelivery(overrides);
        await valueOf(inbox.insert(delivery));
        return delivery;
      };
      const [open, settled, other] = [
        await insert({ ownerId }),
        await insert({ ownerId }),
        await insert({ ownerId: "x" }),
      ];
      expect(await found(inbox, open.id)).toStrictEqual(open);
      const settledAt = addSeconds(testStart, 3);
      await valueOf(inbox.settle(settled.id, "applied", settledAt));
      const at = addSeconds(testStart, 5);
      for (let count = 0; count < 2; count++) expect(await inbox.eraseOwner(ownerId, at)).toStrictEqual(ok(undefined));
      const emptied = ({ ownerId: _hers, ...delivery }: InboxDelivery) => ({ ...delivery, ...nothing });
      expect(await found(inbox, open.id)).toStrictEqual({ ...emptied(open), outcome: "erased", settledAt: at });
      expect(await found(inbox, settled.id)).toStrictEqual({ ...emptied(settled), outcome: "applied", settledAt });
      expect(await found(inbox, other.id)).toStrictEqual(other);
      expect(await inbox.insert({ ...open, id: fixtureIds.next() })).toStrictEqual(ok("known"));
    });

    it("deletes what was settled before a moment, and nothing else", async () => {
      const { inbox } = await create();
      const [old, recent, open] = [anInboxDelivery(), anInboxDelivery(), anInboxDelivery()];
      for (const delivery of [old, recent, open]) await valueOf(inbox.insert(delivery));
      await valueOf(inbox.settle(old.id, "applied", addSeconds(testStart, 10)));
      await valueOf(inbox.settle(recent.id, "applied", addSeconds(testStart, 20)));
      expect(await inbox.purge(addSeconds(testStart, 20))).toStrictEqual(ok(undefined));
      expect(await inbox.find(old.id)).toStrictEqual(ok(undefined));
      expect((await found(inbox, recent.id))?.outcome).toBe("applied");
      expect(await found(inbox, open.id)).toStrictEqual(open);
    });
  });
}

/** Copies the bytes, because a driver may return a subclass of `Uint8Array`. */
async function found(inbox: InboxRepository, id: string): Promise<InboxDelivery | undefined> {
  const delivery = await valueOf(inbox.find(id));
  return delivery && { ...delivery, body: Uint8Array.from(delivery.body) };
}
