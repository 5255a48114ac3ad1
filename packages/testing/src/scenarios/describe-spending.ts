import { err } from "neverthrow";
import { describe, expect, it } from "vitest";
import { aModel } from "../fixtures/model.ts";
import { photoBytes } from "../fixtures/photo-bytes.ts";
import { valueOf } from "../results/value-of.ts";
import { openImageStage } from "./image-stage.ts";
import { likenessAt } from "./likeness-at.ts";
import { openOrderStage } from "./order-stage.ts";
import { pictures } from "./pictures.ts";
import { expectInvariants, openStage, owner, photoLimits, type CreateStorage, type Stage } from "./stage.ts";

const reached = err({ type: "spend-cap-reached", retryAt: "2026-11-24T00:00:00.000Z" });

/** The id of an avatar of some owner, with enough photos. */
async function draftOf({ likeness }: Stage, actor: string): Promise<string> {
  const { id } = await valueOf(
    likeness.avatars.create({ actor, kind: "portrait", gender: "unspecified", name: "Ada" }),
  );
  for (let count = 0; count < photoLimits.minimum; count++)
    await valueOf(likeness.photos.add({ actor, avatarId: id, bytes: photoBytes() }));
  return id;
}

const spentIn = async ({ likeness }: Pick<Stage, "likeness">): Promise<number> =>
  (await valueOf(likeness.operator.paidWork())).spentToday;

/** What all owners together may cost the host a day. A balanced training is 2 dollars here, and a picture 0.035. */
export function describeSpending(create: CreateStorage): void {
  describe("spending", () => {
    it("never exceeds the cap, however many owners order at once", async () => {
      const stage = await openStage(create, { guards: { dailySpendCap: 7 } });
      const { likeness, provider, time } = stage;
      const actors = Array.from({ length: 12 }, (_, index) => `owner:${index}`);
      const avatarIds: string[] = [];
      for (const actor of actors) avatarIds.push(await draftOf(stage, actor));
      const answers = await Promise.all(
        actors.map((actor, index) => likeness.trainings.start({ actor, avatarId: avatarIds[index] ?? "" })),
      );
      expect(answers.filter((answer) => answer.isOk())).toHaveLength(3);
      expect(answers.filter((answer) => answer.isErr())).toStrictEqual(Array(9).fill(reached));
      expect(await spentIn(stage)).toBe(6);
      await time.pass(10);
      expect(provider.submissions).toHaveLength(3);
      expect(stage.log.entries.filter(({ level }) => level === "warn")[0]).toMatchObject({
        message: "a guard has refused an order",
        fields: { error: "spend-cap-reached", ownerId: expect.any(String), avatarId: expect.any(String) },
      });
      const refused = answers.findIndex((answer) => answer.isErr());
      const nextDay = likenessAt(stage, "2026-11-24T00:00:00.000Z");
      const again = await nextDay.trainings.start({ actor: `owner:${refused}`, avatarId: avatarIds[refused] ?? "" });
      expect([again.isOk(), await spentIn({ likeness: nextDay })]).toStrictEqual([true, 2]);
    });

    it("counts pictures by their sizes, and those that fail as well", async () => {
      const stage = await openImageStage(create, { guards: { dailySpendCap: 2.2 } });
      const [order] = await stage.accepted({ count: 4 });
      if (!order) throw new Error("four were ordered");
      expect(await spentIn(stage)).toBe(2.14);
      for (const { order: each } of (await stage.set(order.id)).places) stage.fail(await stage.image(each.id));
      await stage.untilFinished(order.id);
      expect(await spentIn(stage)).toBe(2.14);
      const drawing = stage.likeness.images.generate({
        actor: owner,
        avatarId: stage.avatarId,
        scene: "cafe",
        count: 2,
      });
      expect(await drawing).toStrictEqual(reached);
      const { id: pictureId } = await stage.picture();
      await valueOf(stage.likeness.images.upscale({ actor: owner, pictureId }));
      // Four megapixels at a tenth of a cent each.
      expect(await spentIn(stage)).toBe(2.179);
    });

    it("counts an order whose price nobody knows as a dollar", async () => {
      const stage = await openOrderStage(create, pictures, { guards: { dailySpendCap: 1 } });
      const { id: avatarId } = await stage.draft(0);
      await valueOf(pictures.place(stage, { avatarId }));
      expect(await pictures.place(stage, { avatarId })).toStrictEqual(reached);
    });

    it("is not counted where there is no cap, nor for an order that was placed before", async () => {
      const stage = await openStage(create);
      await stage.ordered();
      expect(await spentIn(stage)).toBe(0);
      const capped = await openStage(create, { guards: { dailySpendCap: 3 } });
      const { id: avatarId } = await capped.draft();
      const start = () => capped.likeness.trainings.start({ actor: owner, avatarId, idempotencyKey: "press-1" });
      await Promise.all([start(), start(), start()]);
      await start();
      expect(await spentIn(capped)).toBe(2);
    });

    it("leaves the first look out when it would exceed the cap, and the avatar is ready without", async () => {
      const stage = await openStage(create, { guards: { dailySpendCap: 2.1 }, changeImages: { firstLook: true } });
      const { training, request } = await stage.submitted();
      stage.provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
      await stage.untilStatus(training.id, "succeeded");
      await stage.time.until("it is told", () => stage.notifier.attempts.length > 0);
      expect(stage.notifier.attempts.map(({ content }) => content)).toStrictEqual([
        { template: "training-ready", model: "stored" },
      ]);
      await stage.time.pass(120);
      expect([stage.provider.accepted.length, await spentIn(stage)]).toStrictEqual([1, 2]);
      expect(stage.log.entries).toContainEqual({
        level: "warn",
        message: "a guard has left out the first pictures of an avatar",
        fields: { error: "spend-cap-reached", avatarId: training.avatarId, ownerId: owner },
      });
      await expectInvariants(stage);
    });

    it("counts a first look", async () => {
      const stage = await openStage(create, { guards: { dailySpendCap: 3 }, changeImages: { firstLook: true } });
      const { request } = await stage.submitted();
      stage.provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
      await stage.time.until("the first look is ordered", () => stage.provider.accepted.length === 5);
      expect(await spentIn(stage)).toBe(2.14);
    });
  });
}
