import { describe, expect, it } from "vitest";
import { aModel } from "../fixtures/model.ts";
import { valueOf } from "../results/value-of.ts";
import { openStage, owner, expectInvariants, type CreateStorage, type Stage } from "./stage.ts";
import { aPictureFile } from "../fixtures/image-order.ts";

const open = async (create: CreateStorage) => {
  const stage = await openStage(create, { changeImages: { firstLook: true } });
  const { training, request } = await stage.submitted();
  stage.provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
  await stage.untilStatus(training.id, "succeeded");
  await stage.time.until("the first look is ordered", () => stage.provider.accepted.length === 5);
  const previews = stage.provider.requests.slice(1).map(({ requestId }) => requestId);
  return { stage, training, previews };
};

const make = ({ provider }: Stage, requestId: string) =>
  provider.report(requestId, {
    type: "succeeded",
    outcome: { picture: aPictureFile({ width: undefined, height: undefined }) },
  });

const toldOf = ({ notifier }: Stage) => notifier.attempts.map(({ content }) => content);

/** The first pictures of an avatar, which nobody has to order. */
export function describeFirstLook(create: CreateStorage): void {
  describe("the first look", () => {
    it("comes with the message that the avatar is ready, and costs its owner nothing", async () => {
      const { stage, training, previews } = await open(create);
      const { store, time, credits, likeness } = stage;
      const pictures = await valueOf(store.orders.listByAvatar(training.avatarId));
      const ordered = pictures
        .filter(({ kind }) => kind === "image")
        .toSorted((one, two) => (one.id < two.id ? -1 : 1));
      expect(
        ordered.map(({ snapshot }) => (snapshot as unknown as { plan: { scene: string } }).plan.scene),
      ).toStrictEqual(["headshot", "cafe", "blackwhite", "astronaut"]);
      await time.pass(20);
      expect(toldOf(stage)).toStrictEqual([]);
      for (const requestId of previews) make(stage, requestId);
      await time.until("it is told", () => toldOf(stage).length > 0);
      expect(toldOf(stage)).toStrictEqual([
        { template: "training-ready", model: "stored", pictureIds: ordered.map(({ id }) => id) },
      ]);
      await time.pass(120);
      expect(toldOf(stage)).toHaveLength(1);
      expect(ordered.map(({ id }) => credits.lastOf(id))).toStrictEqual([undefined, undefined, undefined, undefined]);
      expect(await valueOf(likeness.images.list({ actor: owner }))).toHaveLength(4);
      await expectInvariants(stage);
    });

    it("follows the message if it takes longer than 90 s", async () => {
      const { stage, previews } = await open(create);
      await stage.time.pass(80);
      expect(toldOf(stage)).toStrictEqual([]);
      await stage.time.pass(15);
      expect(toldOf(stage)).toStrictEqual([{ template: "training-ready", model: "stored" }]);
      for (const requestId of previews) make(stage, requestId);
      await stage.time.until("it is told", () => toldOf(stage).length > 1);
      expect(toldOf(stage)[1]).toMatchObject({ template: "first-look", pictureIds: { length: 4 } });
      await stage.time.pass(120);
      expect(toldOf(stage)).toHaveLength(2);
      await expectInvariants(stage);
    });

    it("is told once, although the message that the avatar is ready fails while the pictures come", async () => {
      const { stage, previews } = await open(create);
      const { notifier, time } = stage;
      await time.pass(80);
      notifier.answerNext({ type: "notifier-failure", detail: "502" });
      notifier.answerNext({ type: "unreachable" });
      for (const requestId of previews) make(stage, requestId);
      await time.pass(120);
      await valueOf(stage.likeness.messages.resendMissed({ actor: owner }));
      await time.pass(60);
      const shown = toldOf(stage).filter((content) => "pictureIds" in content);
      const sent = (await Promise.all(notifier.attempts.map(({ id }) => valueOf(stage.store.outbox.find(id))))).flatMap(
        (message) => (message?.state.status === "sent" ? [message.id] : []),
      );
      expect(new Set(sent).size).toBeGreaterThan(0);
      const withPictures = notifier.attempts.filter(({ content }) => "pictureIds" in content).map(({ id }) => id);
      expect(new Set(withPictures).size).toBe(1);
      expect(shown.length).toBeGreaterThan(0);
    });

    it("says nothing about a picture that fails", async () => {
      const { stage, previews } = await open(create);
      const [first = "", ...others] = previews;
      make(stage, first);
      for (const requestId of others) stage.provider.report(requestId, { type: "failed", detail: "on purpose" });
      await stage.time.until("it is told", () => toldOf(stage).length > 0);
      expect(toldOf(stage)).toMatchObject([{ template: "training-ready", pictureIds: { length: 1 } }]);
      await stage.time.pass(120);
      expect(toldOf(stage)).toHaveLength(1);
      await expectInvariants(stage);
    });
  });
}
