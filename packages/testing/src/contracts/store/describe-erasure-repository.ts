import { addSeconds, type Erasure } from "@likeness/core";
import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { testStart } from "../../clock/test-clock.ts";
import { anErasure } from "../../fixtures/erasure.ts";
import { fixtureIds } from "../../fixtures/fixture-ids.ts";
import { valueOf } from "../../results/value-of.ts";
import { awkwardJson, foreignText } from "./awkward.ts";
import type { CreateStore } from "./stored.ts";

const later = addSeconds(testStart, 60);

/** One with every field. */
const aFullErasure = (): Erasure =>
  anErasure({
    state: {
      status: "under-way",
      work: {
        blobs: ["ab".repeat(32)],
        orders: [
          {
            trace: {
              orderId: fixtureIds.next(),
              endpoint: "example/trainer",
              prepared: { input: { words: foreignText, more: awkwardJson } },
              submitStartedAt: testStart,
            },
            at: testStart,
            again: [later],
            until: later,
          },
        ],
        account: { ownerId: foreignText, pseudonym: fixtureIds.next() },
      },
      nextCheckAt: testStart,
    },
    erased: { avatars: 1, photos: 2, orders: 3, pictures: 4, atProvider: 5, files: 6 },
    left: [
      { provider: "example", reason: "refused", status: 403, detail: foreignText, requestIds: ["r-1"], orders: 1 },
      { provider: "other", reason: "unsupported", requestIds: [], orders: 2 },
    ],
  });

export function describeErasureRepository(create: CreateStore): void {
  describe("erasures", () => {
    it("gives back every field, before and after it is done", async () => {
      const { erasures } = await create();
      const erasure = aFullErasure();
      const saved = await valueOf(erasures.save(erasure));
      expect(saved).toStrictEqual({ ...erasure, version: 1 });
      expect(await erasures.find(erasure.id)).toStrictEqual(ok(saved));
      const state = { status: "done", finishedAt: later } as const;
      const done = await valueOf(erasures.save({ ...saved, state, left: [] }));
      expect(await erasures.find(erasure.id)).toStrictEqual(ok({ ...erasure, state, left: [], version: 2 }));
      expect(done.version).toBe(2);
    });

    it("knows nothing of an id that was never saved", async () => {
      const { erasures } = await create();
      expect(await erasures.find("nothing")).toStrictEqual(ok(undefined));
      expect(await erasures.findOrder("nothing")).toStrictEqual(ok(undefined));
    });

    it("replaces exactly the version that was read, and inserts an id once", async () => {
      const { erasures } = await create();
      const read = await valueOf(erasures.save(anErasure()));
      await valueOf(erasures.save(read));
      expect(await erasures.save(read)).toStrictEqual(
        err({ type: "version-conflict", entity: "erasure", id: read.id }),
      );
      expect(await erasures.save({ ...read, version: 0 })).toStrictEqual(err({ type: "already-exists", rule: "id" }));
    });

    it("finds those under way from before a moment, the longest overdue first", async () => {
      const { erasures } = await create();
      const save = async (seconds: number) => {
        const nextCheckAt = addSeconds(testStart, seconds);
        const state = { status: "under-way", work: { blobs: [], orders: [] }, nextCheckAt } as const;
        return valueOf(erasures.save(anErasure({ state })));
      };
      const [second, first] = [await save(20), await save(10)];
      await save(30);
      const done = await save(5);
      await valueOf(erasures.save({ ...done, state: { status: "done", finishedAt: later } }));
      const idsBefore = async (seconds: number, limit: number) =>
        (await valueOf(erasures.dueBefore(addSeconds(testStart, seconds), limit))).map(({ id }) => id);
      expect(await idsBefore(30, 10)).toStrictEqual([first.id, second.id]);
      expect(await idsBefore(30, 1)).toStrictEqual([first.id]);
    });

    it("remembers an erased order, with newer facts in the place of older ones, until it is purged", async () => {
      const { erasures } = await create();
      const order = { orderId: fixtureIds.next(), endpoint: foreignText, erasedAt: testStart };
      await valueOf(erasures.noteOrder(order));
      expect(await erasures.findOrder(order.orderId)).toStrictEqual(ok(order));
      expect(await erasures.findOrders([])).toStrictEqual(ok([]));
      expect(await erasures.findOrders(["nothing", order.orderId, "other"])).toStrictEqual(ok([order]));
      const known = { ...order, requestId: "r-1", erasedAt: later };
      await valueOf(erasures.noteOrder(known));
      expect(await erasures.findOrder(order.orderId)).toStrictEqual(ok(known));
      await valueOf(erasures.purgeOrders(later));
      expect(await erasures.findOrder(order.orderId)).toStrictEqual(ok(known));
      await valueOf(erasures.purgeOrders(addSeconds(later, 1)));
      expect(await erasures.findOrder(order.orderId)).toStrictEqual(ok(undefined));
    });
  });
}
