import { err } from "neverthrow";
import { describe, expect, it } from "vitest";
import { valueOf } from "../results/value-of.ts";
import { openOrderStage } from "./order-stage.ts";
import { pictures } from "./pictures.ts";
import { expectInvariants, owner, type CreateStorage } from "./stage.ts";

/** What is special about a kind that prepares nothing, allows several at once and changes nothing but the order. */
export function describePictures(create: CreateStorage): void {
  describe("pictures", () => {
    it("run side by side and beside a training, each sent once and without preparation", async () => {
      const stage = await openOrderStage(create, pictures, { policy: { maxParallelOrders: 4 } });
      const { untilStatus, provider, likeness, avatar, credits, isCopied, told } = stage;
      const { id: avatarId } = await stage.draft();
      const training = await valueOf(likeness.trainings.start({ actor: owner, avatarId }));
      const placed = await Promise.all([1, 2, 3].map(() => valueOf(pictures.place(stage, { avatarId }))));
      const ids = placed.map(({ id }) => id);
      for (const id of [...ids, training.id]) await untilStatus(id, "submitted");
      expect(provider.calls.filter((call) => call === "prepare")).toHaveLength(1);
      const sent = provider.submissions.filter(({ order: { kind } }) => kind === "picture");
      expect(sent.map(({ prepared }) => prepared)).toStrictEqual([{ input: {} }, { input: {} }, { input: {} }]);

      for (const [index, id] of provider.accepted.entries())
        if (ids.includes(id))
          provider.report(provider.requests[index]?.requestId ?? "", {
            type: "succeeded",
            outcome: pictures.outcome(),
          });
      for (const id of ids) {
        await untilStatus(id, "succeeded");
        await stage.untilFinished(id);
        expect([await isCopied(id), credits.lastOf(id)]).toStrictEqual([true, "capture"]);
      }
      expect((await avatar(avatarId))?.state).toMatchObject({ status: "training", trainingId: training.id });
      expect(told()).toStrictEqual([]);
      await expectInvariants(stage);
    });

    it("are other orders for other keys", async () => {
      const stage = await openOrderStage(create, pictures);
      const { id: avatarId } = await stage.draft(0);
      const keys = ["one", "one", "two"];
      const [one, same, two] = await Promise.all(
        keys.map(async (key) => (await valueOf(pictures.place(stage, { avatarId, key }))).id),
      );
      expect([same, one === two]).toStrictEqual([one, false]);
      for (const id of [one, two]) await stage.untilStatus(id ?? "", "submitted");
      expect(stage.provider.submissions).toHaveLength(2);
      const { credits } = stage;
      const held = credits.calls.map(({ orderId }) => orderId).filter((id) => credits.lastOf(id) === "reserve");
      expect(new Set(held)).toStrictEqual(new Set([one, two]));
      await expectInvariants(stage);
    });

    it("are named by their input to a provider that has to erase one without a known request", async () => {
      const stage = await openOrderStage(create, pictures);
      const { provider, time } = stage;
      provider.answerNextSubmit({ type: "submit-unconfirmed", detail: "504" });
      const { id, snapshot } = await stage.ordered();
      await valueOf(stage.erase(await stage.untilStatus(id, "failed")));
      await time.until("it is erased there", () => provider.erased.length > 0);
      expect(provider.erased).toMatchObject([{ orderId: id, input: snapshot.input }]);
      await expectInvariants(stage);
    });

    it("cannot be adopted", async () => {
      const stage = await openOrderStage(create, pictures);
      const { order, request } = await stage.submitted();
      expect(await pictures.cancel(stage, order)).toMatchObject({ value: "cancelled" });
      const { requestId } = request;
      await stage.deliver(order.id, { type: "succeeded", requestId, outcome: pictures.outcome() });
      await stage.untilSettled();
      expect(await stage.likeness.operator.adopt({ operator: "olga", trainingId: order.id })).toStrictEqual(
        err({ type: "training-not-found", trainingId: order.id }),
      );
      await expectInvariants(stage);
    });
  });
}
