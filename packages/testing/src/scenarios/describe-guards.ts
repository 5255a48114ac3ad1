import { createLikeness } from "@likeness/core";
import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { aModel } from "../fixtures/model.ts";
import { photoBytes } from "../fixtures/photo-bytes.ts";
import { valueOf } from "../results/value-of.ts";
import { openImageStage } from "./image-stage.ts";
import { openStage, owner, type CreateStorage } from "./stage.ts";

const offBy = (by: "setting" | "operator") => err({ type: "paid-work-off", by });

/** Who may order at all, and whether anything is ordered. */
export function describeGuards(create: CreateStorage): void {
  describe("guards", () => {
    it("stop new orders in every process once an operator switches paid work off, and no order that runs", async () => {
      const stage = await openImageStage(create);
      const { likeness, ports, avatarId, store } = stage;
      const [order] = await stage.accepted();
      if (!order) throw new Error("one was ordered");
      const { id: draftId } = await stage.draft();

      const another = createLikeness(ports);
      const now = stage.time.clock.now();
      expect(await another.operator.paidWork({ operator: "olga", turn: "off" })).toStrictEqual(
        ok({ state: "off", setting: "on", switch: "off", switchedAt: now, spentToday: 0 }),
      );
      for (const { images, trainings } of [likeness, another]) {
        expect(await images.generate({ actor: owner, avatarId, scene: "cafe" })).toStrictEqual(offBy("operator"));
        expect(await trainings.start({ actor: owner, avatarId: draftId })).toStrictEqual(offBy("operator"));
      }
      expect(stage.credits.calls.filter(({ method }) => method === "reserve")).toHaveLength(2);

      stage.make(order);
      expect((await stage.untilFinished(order.id)).places[0].status).toBe("shown");
      expect(await valueOf(likeness.operator.paidWork({ operator: "olga", turn: "on" }))).toMatchObject({
        state: "on",
      });
      expect((await likeness.trainings.start({ actor: owner, avatarId: draftId })).isOk()).toBe(true);
      expect(await valueOf(store.guards.paidWork())).toMatchObject({ state: "on" });
    });

    it("place an order again that ended unpaid, because it is the same one", async () => {
      const stage = await openImageStage(create, { guards: { dailySpendCap: 3 } });
      const [order] = await stage.accepted();
      if (!order) throw new Error("one was ordered");
      await valueOf(stage.likeness.operator.paidWork({ operator: "olga", turn: "off" }));
      stage.fail(order, "input_gone");
      await stage.time.until("it is placed again", async () => {
        const [place] = (await stage.set(order.id)).places;
        return place.order.id !== order.id && place.order.state.status === "submitted";
      });
      expect(await valueOf(stage.likeness.operator.paidWork())).toMatchObject({ spentToday: 2.035 });
    });

    it("obey the host's setting, whatever an operator switches", async () => {
      const stage = await openStage(create, { guards: { paidWork: "off" } });
      const { id: avatarId } = await stage.draft();
      expect(await valueOf(stage.likeness.operator.paidWork({ operator: "olga", turn: "on" }))).toMatchObject({
        state: "off",
        setting: "off",
        switch: "on",
      });
      expect(await stage.likeness.trainings.start({ actor: owner, avatarId })).toStrictEqual(offBy("setting"));
    });

    it("leave the first look out while paid work is off", async () => {
      const stage = await openStage(create, { changeImages: { firstLook: true } });
      const { training, request } = await stage.submitted();
      await valueOf(stage.likeness.operator.paidWork({ operator: "olga", turn: "off" }));
      stage.provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
      await stage.untilStatus(training.id, "succeeded");
      await stage.time.until("it is told", () => stage.notifier.attempts.length > 0);
      await stage.time.pass(120);
      expect(stage.provider.accepted).toHaveLength(1);
      expect(stage.notifier.attempts.map(({ content }) => content)).toStrictEqual([
        { template: "training-ready", model: "stored" },
      ]);
    });

    it("keep a deployment for those whom its host lists, and store nothing of others", async () => {
      const stage = await openStage(create, { guards: { allowedOwners: [owner] } });
      const { likeness, store } = stage;
      const actor = "owner:2";
      const refused = err({ type: "not-allowed", ownerId: actor });
      expect([likeness.guards.allows({ actor: owner }), likeness.guards.allows({ actor })]).toStrictEqual([
        true,
        false,
      ]);
      const draft = { actor, kind: "portrait", gender: "unspecified", name: "Ada" } as const;
      expect(await likeness.avatars.create(draft)).toStrictEqual(refused);
      const { id: avatarId } = await stage.draft();
      expect(await likeness.photos.add({ actor, avatarId, bytes: photoBytes() })).toStrictEqual(refused);
      const reference = { key: "message-1", locator: "file-1" };
      expect(await likeness.photos.submit({ actor, avatarId, reference })).toStrictEqual(refused);
      expect(await likeness.trainings.start({ actor, avatarId })).toMatchObject({
        error: { type: "avatar-not-found" },
      });
      expect(await store.avatars.listByOwner(actor)).toStrictEqual(ok([]));
      expect((await likeness.trainings.start({ actor: owner, avatarId })).isOk()).toBe(true);
    });

    it("let somebody who is not listed any more see and erase what there is, and order nothing", async () => {
      const stage = await openStage(create);
      const { id: avatarId } = await stage.draft();
      const closed = createLikeness({ ...stage.ports, guards: { allowedOwners: ["owner:2"] } });
      expect(await closed.trainings.start({ actor: owner, avatarId })).toStrictEqual(
        err({ type: "not-allowed", ownerId: owner }),
      );
      expect(await valueOf(closed.avatars.list({ actor: owner }))).toHaveLength(1);
      expect(await closed.avatars.erase({ actor: owner, avatarId })).toStrictEqual(ok(undefined));
    });
  });
}
