import { addSeconds, createLikeness, jobKinds, outcomeIn, requestOf } from "@likeness/core";
import { ok, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { memoryCredits } from "../fakes/memory-credits.ts";
import { memoryPurchases } from "../fakes/memory-purchases.ts";
import { aPictureFile } from "../fixtures/image-order.ts";
import { aModel } from "../fixtures/model.ts";
import { photoBytes } from "../fixtures/photo-bytes.ts";
import { aCharge, aPurchase } from "../fixtures/purchase.ts";
import { valueOf } from "../results/value-of.ts";
import { owner, openStage, type CreateStorage, type Stage, type StageOverrides } from "./stage.ts";

const day = 86_400;

/** Runs what removes what is kept no longer, as it runs once an hour. */
async function retain({ likeness }: Pick<Stage, "likeness">): Promise<void> {
  const signal = new AbortController().signal;
  const job = { kind: jobKinds.sweep, key: "retention", payload: null, attempt: 1, signal };
  await valueOf(likeness.handlers[jobKinds.sweep]?.(job) ?? Promise.reject(new Error("there is no handler")));
}

/** Days that have passed are days in which a row is older, without the polls of each. */
async function aged(create: CreateStorage, overrides: StageOverrides = {}) {
  const stage = await openStage(create, overrides);
  const { clock } = stage.time;
  let days = 0;
  const later = { ...clock, now: () => addSeconds(clock.now(), days * day) };
  const likeness = createLikeness({ ...stage.ports, clock: later });
  return { ...stage, likeness, old: { pass: (more: number) => (days += more) } };
}

async function withShop(create: CreateStorage) {
  const ledger = memoryCredits({ prices: {} });
  const purchases = memoryPurchases({ ledger, jobs: { enqueue: () => okAsync(undefined) } });
  return { ...(await aged(create, { purchases })), purchases };
}

async function ready(stage: Stage): Promise<string> {
  const { training, request } = await stage.submitted();
  stage.provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
  await stage.untilStatus(training.id, "succeeded");
  await stage.time.until("it is copied", async () => (await stage.training(training.id)).nextCheckAt === undefined);
  return training.avatarId;
}

export function describeRetention(create: CreateStorage): void {
  describe("keeping no longer than needed", () => {
    it("removes photos 30 days after their model is ready, and not those that came later", async () => {
      const stage = await aged(create);
      const { store, old, blobs, time } = stage;
      const avatarId = await ready(stage);
      const { id: draftId } = await stage.draft(1);
      const photosOf = async (id: string) => (await valueOf(store.photos.listByAvatar(id))).length;
      old.pass(29);
      await retain(stage);
      expect(await photosOf(avatarId)).toBe(3);
      const newer = await valueOf(stage.likeness.photos.add({ actor: owner, avatarId, bytes: photoBytes() }));
      old.pass(2);
      await retain(stage);
      expect((await valueOf(store.photos.listByAvatar(avatarId))).map(({ id }) => id)).toStrictEqual([newer.id]);
      expect(await photosOf(draftId)).toBe(1);
      await time.until("their bytes are gone", () => blobs.blobs.size === 2 + 1 + 1);
      expect((await stage.avatar(avatarId))?.state.status).toBe("ready");
      expect((await valueOf(stage.likeness.avatars.view({ actor: owner, avatarId }))).readiness.missing).toBe(2);
    });

    it("removes photos 30 days after a late result was adopted", async () => {
      const stage = await aged(create);
      const { store, old, provider, time } = stage;
      const { training, request } = await stage.submitted();
      await time.pass(700);
      await stage.untilStatus(training.id, "failed");
      provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
      await stage.deliver(training.id, { type: "succeeded", requestId: request.requestId, outcome: aModel() });
      await time.until("the late result is copied", async () => {
        const { state, nextCheckAt } = await stage.training(training.id);
        return outcomeIn(state) !== undefined && nextCheckAt === undefined;
      });
      old.pass(40);
      await valueOf(stage.likeness.operator.adopt({ operator: "olga", trainingId: training.id }));
      await retain(stage);
      const photos = async () => (await valueOf(store.photos.listByAvatar(training.avatarId))).length;
      expect(await photos()).toBe(3);
      old.pass(29);
      await retain(stage);
      expect(await photos()).toBe(3);
      old.pass(2);
      await retain(stage);
      expect(await photos()).toBe(0);
      expect((await stage.avatar(training.avatarId))?.state.status).toBe("ready");
    });

    it("removes the bytes of every run, when the blob store was down over several", async () => {
      const stage = await aged(create);
      const { store, old, blobs, time } = stage;
      const avatarId = await ready(stage);
      old.pass(29);
      await valueOf(stage.likeness.photos.add({ actor: owner, avatarId, bytes: photoBytes() }));
      old.pass(2);
      blobs.setDown(true);
      await retain(stage);
      await time.pass(1);
      old.pass(30);
      await retain(stage);
      expect(await valueOf(store.photos.listByAvatar(avatarId))).toStrictEqual([]);
      expect(blobs.blobs.size).toBe(2 + 4);
      blobs.setDown(false);
      await time.until("their bytes are gone", () => blobs.blobs.size === 2);
    });

    it("keeps photos that another training needs, and all of them where the host wants that", async () => {
      const stage = await aged(create);
      const avatarId = await ready(stage);
      await valueOf(stage.likeness.trainings.start({ actor: owner, avatarId }));
      stage.old.pass(40);
      await retain(stage);
      expect(await valueOf(stage.store.photos.listByAvatar(avatarId))).toHaveLength(3);

      const kept = await aged(create, { policy: { photoRetentionSeconds: 0 } });
      const keptId = await ready(kept);
      kept.old.pass(4_000);
      await retain(kept);
      expect(await valueOf(kept.store.photos.listByAvatar(keptId))).toHaveLength(3);
    });

    it("deletes what was never paid 30 days after it was opened, and keeps what was", async () => {
      const { purchases, ...stage } = await withShop(create);
      const [paid, unpaid] = [aPurchase(), aPurchase()];
      for (const purchase of [paid, unpaid]) await valueOf(purchases.open(purchase));
      await valueOf(purchases.pay(aCharge(paid)));
      stage.old.pass(29);
      await retain(stage);
      expect(await purchases.find(unpaid.id)).toMatchObject({ value: { id: unpaid.id } });
      stage.old.pass(2);
      await retain(stage);
      expect(await purchases.find(unpaid.id)).toStrictEqual(ok(undefined));
      expect(await purchases.find(paid.id)).toMatchObject({ value: { id: paid.id } });
    });

    it("erases who has left for three years, told a month before", async () => {
      const stage = await aged(create, { policy: { photoRetentionSeconds: 0 } });
      const { likeness, store, old, notifier, time, blobs } = stage;
      await stage.draft(2);
      await valueOf(likeness.owners.seen({ actor: owner }));
      await valueOf(likeness.owners.seen({ actor: "owner:2" }));
      const told = () => notifier.attempts.filter(({ content }) => content.template === "owner-leaving");
      old.pass(1_060);
      await retain(stage);
      await time.pass(2);
      expect(told()).toStrictEqual([]);
      old.pass(10);
      for (let count = 0; count < 3; count++) await retain(stage);
      expect(await valueOf(store.outbox.dueBefore("9999-12-31T23:59:59.999Z", 10))).toMatchObject([
        { ownerId: owner, content: { template: "owner-leaving", erasedAt: expect.any(String) } },
      ]);
      old.pass(26);
      await retain(stage);
      expect(await valueOf(store.owners.find("owner:2"))).toBeUndefined();
      expect(await valueOf(store.owners.find(owner))).toBeDefined();
      old.pass(5);
      await retain(stage);
      expect(await valueOf(store.owners.find(owner))).toBeUndefined();
      expect(await valueOf(store.avatars.listByOwner(owner))).toStrictEqual([]);
      await time.until("the photos are gone", () => blobs.blobs.size === 0);
    });

    it("erases who was never said to be seen, counted from what they did last", async () => {
      const stage = await aged(create, { policy: { photoRetentionSeconds: 0 } });
      const { likeness, store, old, time } = stage;
      const seenAt = async () => (await valueOf(store.owners.find(owner)))?.lastSeenAt;
      const { clock } = stage.time;
      const now = (days: number) => addSeconds(clock.now(), days * day);
      const created = await valueOf(
        likeness.avatars.create({ actor: owner, kind: "portrait", gender: "male", name: "Bob" }),
      );
      expect(await seenAt()).toBe(now(0));
      old.pass(1);
      for (let count = 0; count < 3; count++)
        await valueOf(likeness.photos.add({ actor: owner, avatarId: created.id, bytes: photoBytes() }));
      expect(await seenAt()).toBe(now(1));
      old.pass(1);
      const training = await valueOf(likeness.trainings.start({ actor: owner, avatarId: created.id }));
      expect(await seenAt()).toBe(now(2));
      await stage.untilStatus(training.id, "submitted");
      await valueOf(likeness.trainings.cancel({ actor: owner, avatarId: created.id }));
      old.pass(1_070);
      await retain(stage);
      expect(await valueOf(store.owners.find(owner))).toBeDefined();
      old.pass(31);
      await retain(stage);
      expect([await seenAt(), await valueOf(store.avatars.listByOwner(owner))]).toStrictEqual([undefined, []]);
      await time.pass(60);
    });

    it("keeps pictures when photos go, and erases them with who has left", async () => {
      const stage = await aged(create);
      const { likeness, store, old, provider, time, blobs } = stage;
      const avatarId = await ready(stage);
      await valueOf(likeness.owners.seen({ actor: owner }));
      const { id } = await valueOf(likeness.images.generate({ actor: owner, avatarId, scene: "cafe" }));
      const order = async () => valueOf(store.orders.find(id));
      await time.until("it is accepted", async () => (await order())?.state.status === "submitted");
      const image = await order();
      provider.report((image && requestOf(image)?.requestId) ?? "", {
        type: "succeeded",
        outcome: { picture: aPictureFile() },
      });
      const pictures = async () => valueOf(likeness.images.list({ actor: owner }));
      await time.until("it is there", async () => (await pictures()).length === 1);
      old.pass(31);
      await retain(stage);
      expect(await valueOf(store.photos.listByAvatar(avatarId))).toStrictEqual([]);
      expect(await pictures()).toMatchObject([{ id }]);
      expect((await likeness.images.open({ actor: owner, pictureId: id })).isOk()).toBe(true);
      old.pass(1_040);
      await retain(stage);
      old.pass(31);
      await retain(stage);
      expect(await pictures()).toStrictEqual([]);
      await time.until("all bytes are gone", () => blobs.blobs.size === 0);
    });

    it("spares who comes back, however late, and tells anew after that", async () => {
      const stage = await aged(create);
      const { likeness, store, old } = stage;
      await stage.draft(1);
      await valueOf(likeness.owners.seen({ actor: owner }));
      old.pass(1_070);
      await retain(stage);
      await valueOf(likeness.owners.seen({ actor: owner }));
      old.pass(60);
      await retain(stage);
      expect(await valueOf(store.avatars.listByOwner(owner))).toHaveLength(1);
      const messages = async () => valueOf(store.outbox.dueBefore("9999-12-31T23:59:59.999Z", 10));
      expect(await messages()).toHaveLength(1);
      old.pass(1_020);
      await retain(stage);
      expect(await messages()).toHaveLength(2);
    });
  });
}
