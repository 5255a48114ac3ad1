import { failureReasons, type ImageOrder, type PictureSet } from "@likeness/core";
import { describe, expect, it } from "vitest";
import { valueOf } from "../results/value-of.ts";
import { openImageStage, statusesOf, toldOf, type ImageStage } from "./image-stage.ts";
import { expectInvariants, owner, type CreateStorage } from "./stage.ts";

/** Pictures whose weights the provider cannot read by the link that it made itself. */
export function describeWeightsLinks(create: CreateStorage): void {
  describe("images, when the link to the weights is gone,", () => {
    it("are placed once more with our own copy of the weights if the provider cannot read its own", async () => {
      const stage = await openImageStage(create);
      const { accepted, fail, make, untilFinished, credits } = stage;
      const [order] = await accepted();
      if (!order) throw new Error("one was ordered");
      fail(order, "input_gone");
      const [{ order: again }] = await placedAgain(stage, order.id);
      const link = await linkOf(stage);
      expect(again.snapshot).toStrictEqual({ ...order.snapshot, again: true, input: inputWith(order, link?.url) });
      expect(stage.provider.uploads.get(link?.url ?? "")?.map(({ file }) => file)).toStrictEqual(["weights"]);
      expect(credits.lastOf(order.id)).toBe("release");
      make(again);
      expect(statusesOf(await untilFinished(order.id))).toStrictEqual(["shown"]);
      expect(JSON.stringify(await stage.image(order.id))).toContain("café");
      await valueOf(stage.likeness.images.remove({ actor: owner, pictureId: again.id }));
      expect(JSON.stringify([await stage.image(order.id), await stage.image(again.id)])).not.toContain("café");
      await stage.time.until("it is told", () => toldOf(stage).length > 0);
      expect(toldOf(stage)).toStrictEqual([
        { template: "images-done", setId: order.id, pictureIds: [again.id], blocked: 0, failed: 0 },
      ]);
      await expectInvariants(stage);
    });

    it("share one upload of the weights, those of a set that fail at once and all that are ordered later", async () => {
      const stage = await openImageStage(create);
      const orders = await stage.accepted({ count: 4 });
      const [first] = orders;
      if (!first) throw new Error("four were ordered");
      for (const order of orders) stage.fail(order, "input_gone");
      const places = await placedAgain(stage, first.id);
      const link = await linkOf(stage);
      for (const { order } of places) stage.make(order);
      expect(statusesOf(await stage.untilFinished(first.id))).toStrictEqual(["shown", "shown", "shown", "shown"]);
      const [later] = await stage.accepted();
      expect([...places.map(({ order }) => order), later].map((order) => order?.snapshot.input["loras"])).toStrictEqual(
        Array.from({ length: 5 }, () => [{ path: link?.url, scale: 1 }]),
      );
      expect(stage.provider.calls.filter((call) => call === "prepare")).toHaveLength(2);
      await expectInvariants(stage);
    });

    it("upload the weights again when that copy is gone too, and erase what was uploaded with the avatar", async () => {
      const stage = await openImageStage(create);
      const links: (string | undefined)[] = [];
      for (let turn = 0; turn < 2; turn++) {
        const [order] = await stage.accepted();
        if (!order) throw new Error("one was ordered");
        stage.fail(order, "input_gone");
        const [{ order: again }] = await placedAgain(stage, order.id);
        links.push((await linkOf(stage))?.url);
        stage.make(again);
        await stage.untilFinished(order.id);
      }
      expect(new Set(links).size).toBe(2);
      await valueOf(stage.likeness.avatars.erase({ actor: owner, avatarId: stage.avatarId }));
      await stage.time.until("it is erased", () => !stage.provider.uploads.has(links[1] ?? ""));
    });

    it("wait for an upload that cannot be made yet, until their deadline", async () => {
      const stage = await openImageStage(create, { policy: { imageDeadlineSeconds: 120 } });
      const [first, second] = [(await stage.accepted())[0], (await stage.accepted())[0]];
      if (!first || !second) throw new Error("two were ordered");
      const unavailable = { type: "provider-unavailable", detail: "busy" } as const;
      stage.provider.failNext("prepare", unavailable);
      stage.fail(first, "input_gone");
      const [{ order: again }] = await placedAgain(stage, first.id);
      stage.make(again);
      expect(statusesOf(await stage.untilFinished(first.id))).toStrictEqual(["shown"]);
      await expectInvariants(stage);
      // The link that the second one was sent with is the former one, so nothing has to be uploaded for it.
      stage.fail(second, "input_gone");
      stage.make((await placedAgain(stage, second.id))[0].order);
      expect(statusesOf(await stage.untilFinished(second.id))).toStrictEqual(["shown"]);
      expect(stage.provider.calls.filter((call) => call === "prepare")).toHaveLength(3);

      const [third] = await stage.accepted();
      if (!third) throw new Error("one was ordered");
      for (let attempt = 0; attempt < 40; attempt++) stage.provider.failNext("prepare", unavailable);
      stage.fail(third, "input_gone");
      const set = await stage.untilFinished(third.id);
      expect([statusesOf(set), set.places[0].reason]).toStrictEqual([["failed"], "input_gone"]);
      await expectInvariants(stage);
    });

    it("fail when our own copy of the weights cannot be read either", async () => {
      const stage = await openImageStage(create);
      const [order] = await stage.accepted();
      if (!order) throw new Error("one was ordered");
      stage.fail(order, "input_gone");
      await stage.time.until("it is placed again", async () => {
        const [place] = (await stage.set(order.id)).places;
        return place.order.id !== order.id && place.order.state.status === "submitted";
      });
      stage.fail((await stage.set(order.id)).places[0].order, "input_gone");
      const set = await stage.untilFinished(order.id);
      expect([statusesOf(set), set.places[0].reason]).toStrictEqual([["failed"], "input_gone"]);
      expect(failureReasons).toContain("input_gone");
      await expectInvariants(stage);
    });
  });
}

/** Waits until every picture of a set is placed again and accepted. */
async function placedAgain(stage: ImageStage, setId: string): Promise<PictureSet["places"]> {
  await stage.time.until("it is placed again", async () =>
    (await stage.set(setId)).places.every(
      ({ order: { snapshot, state } }) => snapshot.again && state.status === "submitted",
    ),
  );
  return (await stage.set(setId)).places;
}

const linkOf = async (stage: ImageStage) => {
  const { state } = await stage.training(stage.trainingId);
  return state.status === "succeeded" ? state.outcome.weights.link : undefined;
};

const inputWith = ({ snapshot: { input } }: ImageOrder, path = "") => ({ ...input, loras: [{ path, scale: 1 }] });
