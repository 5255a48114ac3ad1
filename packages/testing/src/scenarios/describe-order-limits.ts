import { err } from "neverthrow";
import { describe, expect, it } from "vitest";
import { aModel } from "../fixtures/model.ts";
import { valueOf } from "../results/value-of.ts";
import { openImageStage } from "./image-stage.ts";
import { likenessAt } from "./likeness-at.ts";
import { openStage, owner, expectInvariants, type CreateStorage, type Stage } from "./stage.ts";

/** The midnight after the start of the test clock. */
const midnight = "2026-11-24T00:00:00.000Z";

const atOnce = (maximum: number) => err({ type: "too-many-orders", limit: "at-once", maximum });
const perDay = (maximum: number) => err({ type: "too-many-orders", limit: "per-day", maximum, retryAt: midnight });

/** Ids of many avatars of one owner, each with enough photos. */
async function drafts({ draft }: Stage, count: number): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) ids.push((await draft()).id);
  return ids;
}

/** How much one owner may order, of any kind. */
export function describeOrderLimits(create: CreateStorage): void {
  describe("limits of an owner", () => {
    it("hold over many avatars, however many trainings are started at once", async () => {
      const stage = await openStage(create, { policy: { maxParallelOrders: 3, avatarsPerOwner: 50 } });
      const avatarIds = await drafts(stage, 50);
      const presses = Array.from({ length: 20 }, (_, index) => avatarIds[(index * 7) % avatarIds.length] ?? "");
      const answers = await Promise.all(
        presses.map((avatarId) => stage.likeness.trainings.start({ actor: owner, avatarId })),
      );
      expect(answers.filter((answer) => answer.isOk())).toHaveLength(3);
      expect(answers.filter((answer) => answer.isErr())).toStrictEqual(Array(17).fill(atOnce(3)));
      await stage.time.pass(10);
      expect(stage.provider.submissions).toHaveLength(3);
      const { credits } = stage;
      const reserved = new Set(
        credits.calls.map(({ orderId }) => orderId).filter((id) => credits.lastOf(id) === "reserve"),
      );
      expect(reserved.size).toBe(3);
      await expectInvariants(stage);
    });

    it("count every kind together, until one has ended", async () => {
      const stage = await openImageStage(create);
      const { likeness, avatarId, accepted, make, untilFinished } = stage;
      const [other = "", third = ""] = await drafts(stage, 2);
      const [first] = await accepted({ count: 4 });
      await valueOf(likeness.trainings.start({ actor: owner, avatarId: other }));
      const start = () => likeness.trainings.start({ actor: owner, avatarId: third });
      const draw = () => likeness.images.generate({ actor: owner, avatarId, scene: "cafe" });
      expect([await start(), await draw()]).toStrictEqual([atOnce(2), atOnce(2)]);
      expect(stage.log.entries).toContainEqual({
        level: "info",
        message: "a guard has refused an order",
        fields: { error: "too-many-orders", limit: "at-once", maximum: 2, ownerId: owner, avatarId, kind: "image" },
      });
      for (const { order } of (await stage.set(first?.id ?? "")).places) make(await stage.image(order.id));
      await untilFinished(first?.id ?? "");
      expect((await start()).isOk()).toBe(true);
      await expectInvariants(stage);
    });

    it("are over at midnight UTC, and every answer says so", async () => {
      const stage = await openStage(create, { policy: { maxParallelOrders: 9, maxOrdersPerDay: 2 } });
      const { likeness } = stage;
      const [first = "", second = "", third = ""] = await drafts(stage, 3);
      const start = (avatarId: string, { trainings } = likeness) => trainings.start({ actor: owner, avatarId });
      await valueOf(start(first));
      await valueOf(start(second));
      await valueOf(likeness.trainings.cancel({ actor: owner, avatarId: first }));
      expect(await start(third)).toStrictEqual(perDay(2));
      expect(await start(third, likenessAt(stage, "2026-11-23T23:59:59.999Z"))).toStrictEqual(perDay(2));
      expect((await start(third, likenessAt(stage, midnight))).isOk()).toBe(true);
    });

    it("are not reset when what was ordered is erased", async () => {
      const stage = await openStage(create, { policy: { maxParallelOrders: 1, maxOrdersPerDay: 3 } });
      const { likeness, provider, untilStatus } = stage;
      const start = (avatarId: string, { trainings } = likeness) => trainings.start({ actor: owner, avatarId });
      const fail = async ({ training, request }: Awaited<ReturnType<Stage["submitted"]>>) => {
        provider.report(request.requestId, { type: "failed", detail: "on purpose" });
        await untilStatus(training.id, "failed");
        return training.avatarId;
      };
      await valueOf(likeness.avatars.erase({ actor: owner, avatarId: await fail(await stage.submitted()) }));
      const { training } = await stage.submitted();
      await valueOf(likeness.avatars.erase({ actor: owner, avatarId: training.avatarId }));
      const [next = ""] = await drafts(stage, 1);
      expect(await start(next)).toStrictEqual(atOnce(1));
      await stage.time.pass(700);
      await valueOf(start(next));
      await valueOf(likeness.owners.erase({ actor: owner }));
      const [last = ""] = await drafts(stage, 1);
      expect(await start(last)).toStrictEqual(perDay(3));
      expect((await start(last, likenessAt(stage, midnight))).isOk()).toBe(true);
    });

    it("are asked of no order that was placed before with the same key", async () => {
      const stage = await openStage(create, { policy: { maxParallelOrders: 1, maxOrdersPerDay: 1 } });
      const { id: avatarId } = await stage.draft();
      const start = () => stage.likeness.trainings.start({ actor: owner, avatarId, idempotencyKey: "press-1" });
      const { id } = await valueOf(start());
      expect((await valueOf(start())).id).toBe(id);
    });

    it("neither stop the first look of a training nor count it", async () => {
      const policy = { maxParallelOrders: 1, maxOrdersPerDay: 2 };
      const stage = await openStage(create, { policy, changeImages: { firstLook: true } });
      const { training, request } = await stage.submitted();
      stage.provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
      await stage.time.until("the first look is ordered", () => stage.provider.accepted.length === 5);
      const draw = () => stage.likeness.images.generate({ actor: owner, avatarId: training.avatarId, scene: "cafe" });
      await valueOf(draw());
      expect(await draw()).toStrictEqual(perDay(2));
    });

    it("take an order that is placed again for the same one", async () => {
      const stage = await openImageStage(create, { policy: { maxParallelOrders: 1, maxOrdersPerDay: 2 } });
      const [order] = await stage.accepted();
      if (!order) throw new Error("one was ordered");
      stage.fail(order, "input_gone");
      await stage.time.until("it is placed again", async () => {
        const [place] = (await stage.set(order.id)).places;
        return place.order.id !== order.id && place.order.state.status === "submitted";
      });
      expect(await valueOf(stage.store.orders.countPlaced(owner, "2026-11-23T00:00:00.000Z"))).toStrictEqual({
        active: 1,
        placed: 2,
      });
    });
  });
}
