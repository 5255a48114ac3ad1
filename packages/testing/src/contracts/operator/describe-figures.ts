import { addSeconds, type Order, type OrderState, type PhotoRejection, type Timestamp } from "@likeness/core";
import { ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { testStart } from "../../clock/test-clock.ts";
import { anImageOrder } from "../../fixtures/image-order.ts";
import { aPhoto } from "../../fixtures/photo.ts";
import { aSnapshot, aTraining } from "../../fixtures/training.ts";
import { valueOf } from "../../results/value-of.ts";
import { storedAvatar } from "../store/stored.ts";
import { ago, type CreateOperatorStore } from "./subject.ts";

const period = { from: ago(100), to: testStart };

export function describeFigures(create: CreateOperatorStore): void {
  describe("figures", () => {
    it("count how orders ended in a period, by status and reason", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const ends: OrderState[] = [
        { status: "failed", reason: "provider_error", finishedAt: ago(100) },
        { status: "failed", reason: "provider_error", finishedAt: ago(1) },
        { status: "failed", reason: "rejected", finishedAt: ago(1) },
        { status: "cancelled", finishedAt: ago(2) },
        { status: "failed", reason: "rejected", finishedAt: ago(101) },
        { status: "failed", reason: "rejected", finishedAt: testStart },
      ];
      for (const state of ends) await valueOf(store.orders.save({ ...anImageOrder("requested", { avatarId }), state }));
      await valueOf(store.orders.save(anImageOrder("submitted", { avatarId })));
      await valueOf(
        store.orders.save(
          aTraining("failed", { avatarId, state: { status: "failed", reason: "rejected", finishedAt: ago(5) } }),
        ),
      );
      const counts = await valueOf(store.operator.figures.ended("image", period));
      expect(counts).toHaveLength(3);
      expect(counts).toStrictEqual(
        expect.arrayContaining([
          { status: "failed", reason: "provider_error", count: 2 },
          { status: "failed", reason: "rejected", count: 1 },
          { status: "cancelled", count: 1 },
        ]),
      );
      expect(await store.operator.figures.ended("upscale", period)).toStrictEqual(ok([]));
    });

    it("tell how long the newest orders of a kind took that succeeded in a period", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const createdAt = ago(200);
      const endedAt = async (order: Order, finishedAt: Timestamp, more: object = {}) =>
        valueOf(
          store.orders.save({ ...order, createdAt, state: { ...order.state, finishedAt, ...more } as OrderState }),
        );
      for (const finishedAt of [ago(1), ago(50), ago(100), ago(101), testStart])
        await endedAt(anImageOrder("succeeded", { avatarId }), finishedAt);
      await valueOf(store.orders.save(anImageOrder("failed", { avatarId })));
      const { times } = store.operator.figures;
      const { endpoint } = anImageOrder().snapshot;
      const took = [ago(1), ago(50), ago(100)].map((finishedAt) => ({ endpoint, createdAt, finishedAt }));
      expect(await times("image", period, 10)).toStrictEqual(ok(took));
      expect(await times("image", period, 2)).toStrictEqual(ok(took.slice(0, 2)));
      expect(await times("training", period, 10)).toStrictEqual(ok([]));
      const snapshot = aSnapshot({ preset: "fast" });
      await endedAt(aTraining("succeeded", { avatarId, snapshot }), ago(5), { ranSeconds: 12.5 });
      expect(await times("training", period, 10)).toStrictEqual(
        ok([{ endpoint: snapshot.endpoint, preset: "fast", createdAt, finishedAt: ago(5), ranSeconds: 12.5 }]),
      );
    });

    it("tell what was spent on each day", async () => {
      const { guards, operator } = await create();
      for (const [day, amount] of [
        ["2026-11-20", 5],
        ["2026-11-21", 20_350],
        ["2026-11-22", 7],
        ["2026-11-23", 9],
      ] as const)
        await valueOf(guards.spend({ day, amount, cap: 1_000_000 }));
      const days = { from: "2026-11-21T00:00:00.000Z", to: "2026-11-23T00:00:00.000Z" };
      expect(await operator.figures.money(days)).toStrictEqual(
        ok([
          { day: "2026-11-21", what: "spent", unit: "USD", amount: 20_350, count: 0 },
          { day: "2026-11-22", what: "spent", unit: "USD", amount: 7, count: 0 },
        ]),
      );
    });

    it("count why photos were refused, of the newest ones", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const refused = (rejection: PhotoRejection, seconds: number, number: number) =>
        valueOf(
          store.photos.save(
            aPhoto({ avatarId, number, createdAt: ago(seconds), state: { status: "rejected", rejection } }),
          ),
        );
      await refused({ code: "too-blurry", sharpness: 1.25, minimum: 60 }, 1, 1);
      await refused({ code: "too-blurry", sharpness: 8, minimum: 60 }, 2, 2);
      await refused({ code: "duplicate", of: 1 }, 3, 3);
      await refused({ code: "empty" }, 101, 4);
      await valueOf(store.photos.save(aPhoto({ avatarId, number: 5, createdAt: addSeconds(testStart, -1) })));
      const { rejections } = store.operator.figures;
      expect(await rejections(period, 3)).toStrictEqual(
        ok({
          codes: [
            { code: "too-blurry", count: 2 },
            { code: "duplicate", count: 1 },
          ],
          more: false,
        }),
      );
      expect(await rejections(period, 1)).toStrictEqual(ok({ codes: [{ code: "too-blurry", count: 1 }], more: true }));
    });
  });
}
