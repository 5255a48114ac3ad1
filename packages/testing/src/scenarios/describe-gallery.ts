import { err } from "neverthrow";
import { describe, expect, it } from "vitest";
import { bytesOf } from "../streams/streams.ts";
import { valueOf } from "../results/value-of.ts";
import { openImageStage } from "./image-stage.ts";
import { expectInvariants, owner, type CreateStorage } from "./stage.ts";

/** Pictures that their owner has: shown, repeated, varied, enlarged, removed. */
export function describeGallery(create: CreateStorage): void {
  describe("the gallery", () => {
    it("shows pictures newest first, with their neighbours and the favourites alone", async () => {
      const stage = await openImageStage(create);
      const { likeness, picture, avatarId } = stage;
      const [oldest, middle, newest] = [await picture(), await picture(), await picture()];
      const listed = await valueOf(likeness.images.list({ actor: owner, avatarId }));
      expect(listed.map(({ id }) => id)).toStrictEqual([newest.id, middle.id, oldest.id]);
      expect(await valueOf(likeness.images.view({ actor: owner, pictureId: middle.id }))).toMatchObject({
        position: 2,
        total: 3,
        newerId: newest.id,
        olderId: oldest.id,
      });
      await valueOf(likeness.images.favour({ actor: owner, pictureId: oldest.id, favourite: true }));
      const favourites = await valueOf(likeness.images.list({ actor: owner, favourites: true }));
      expect(favourites.map(({ id, favourite }) => [id, favourite])).toStrictEqual([[oldest.id, true]]);
      await valueOf(likeness.images.noteChannelFile({ actor: owner, pictureId: oldest.id, channelFile: "file-1" }));
      expect((await valueOf(likeness.images.list({ actor: owner })))[2]).toMatchObject({ channelFile: "file-1" });
    });

    it("shows the pictures of a set in their order", async () => {
      const stage = await openImageStage(create);
      const orders = await stage.accepted({ count: 4 });
      for (const order of orders.toReversed()) stage.make(order);
      await stage.untilFinished(orders[0]?.id ?? "");
      const listed = await valueOf(stage.likeness.images.list({ actor: owner }));
      expect(listed.map(({ id }) => id)).toStrictEqual(orders.map(({ id }) => id));
    });

    it("opens a picture as it is stored, marked as made by a model", async () => {
      const { likeness, picture } = await openImageStage(create);
      const { id, bytes } = await picture();
      const { stream } = await valueOf(likeness.images.open({ actor: owner, pictureId: id }));
      const file = await bytesOf(stream);
      expect(file).toHaveLength(bytes);
      expect(new TextDecoder().decode(file)).toContain("trainedAlgorithmicMedia");
    });

    it("draws again from the prompt alone what was made from a picture that is removed", async () => {
      const stage = await openImageStage(create);
      const { images } = stage.likeness;
      const parent = await stage.picture({ words: "by the sea" });
      for (const command of ["variation", "upscale"] as const) {
        const { id: setId } = await valueOf(images[command]({ actor: owner, pictureId: parent.id }));
        await stage.time.until("it is accepted", async () => (await stage.image(setId)).state.status === "submitted");
        stage.make(await stage.image(setId));
        await stage.untilFinished(setId);
      }
      await valueOf(images.remove({ actor: owner, pictureId: parent.id }));
      for (const { id: pictureId, plan } of await valueOf(images.list({ actor: owner }))) {
        const [{ order }] = (await valueOf(images.again({ actor: owner, pictureId }))).places;
        const { parentId: _parent, ...same } = plan;
        expect(order.kind).toBe("image");
        expect(order.snapshot.plan).toStrictEqual({ ...same, from: "words", seed: order.snapshot.plan.seed });
        expect([order.snapshot.manifest, order.snapshot.prompt]).toStrictEqual([
          undefined,
          expect.stringContaining("sea"),
        ]);
        await valueOf(images.cancel({ actor: owner, setId: order.id }));
      }
    });

    it("repeats, varies and enlarges a picture, once per key", async () => {
      const stage = await openImageStage(create);
      const { likeness, picture, provider, time } = stage;
      const { images } = likeness;
      const { id: pictureId, plan } = await picture({ words: "by the sea", resemblance: "closer" });
      const order = await stage.image(pictureId);
      const finish = async (setId: string) => {
        await time.until("it is accepted", async () => (await stage.image(setId)).state.status === "submitted");
        stage.make(await stage.image(setId));
        return (await stage.untilFinished(setId)).places[0].order;
      };

      const command = { actor: owner, pictureId, idempotencyKey: "press-1" };
      const [one, two] = await Promise.all([valueOf(images.again(command)), valueOf(images.again(command))]);
      expect(one.id).toBe(two.id);
      const repeated = await finish(one.id);
      expect(repeated.snapshot.plan).toStrictEqual({ ...plan, seed: repeated.snapshot.plan.seed });
      expect(repeated.snapshot.input).toStrictEqual({ ...order.snapshot.input, seed: repeated.snapshot.plan.seed });
      expect(repeated.snapshot.plan.seed).not.toBe(plan.seed);

      const varied = await finish((await valueOf(images.variation({ actor: owner, pictureId }))).id);
      expect(varied.snapshot).toMatchObject({
        endpoint: "example/images/variation",
        plan: { from: "variation", parentId: pictureId, words: "by the sea" },
        manifest: [{ file: "source" }],
        sourceField: "image_url",
        prompt: order.snapshot.prompt,
      });
      const enlarged = await finish((await valueOf(images.upscale({ actor: owner, pictureId }))).id);
      expect(enlarged).toMatchObject({ kind: "upscale", snapshot: { endpoint: "example/upscale" } });
      expect(Object.keys(enlarged.snapshot.input)).toStrictEqual(["factor", "seed"]);
      const source = provider.uploads.get(`https://files.example/${enlarged.id}`);
      expect(source?.map(({ file }) => file)).toStrictEqual(["source"]);
      const againEnlarged = await valueOf(images.again({ actor: owner, pictureId: enlarged.id }));
      expect(againEnlarged.places[0].order.snapshot.plan.from).toBe("words");
      await expectInvariants(stage);
    });

    it("removes a picture with its bytes, but not what a variation under way needs", async () => {
      const stage = await openImageStage(create);
      const { likeness, picture, blobs, time, provider } = stage;
      const { id: pictureId, blobKey } = await picture({ words: "by the secret sea" });
      const { id: variedId } = await valueOf(likeness.images.variation({ actor: owner, pictureId }));
      await valueOf(likeness.images.remove({ actor: owner, pictureId }));
      await time.until("it is accepted", async () => (await stage.image(variedId)).state.status === "submitted");
      expect(blobs.blobs.has(blobKey)).toBe(true);
      stage.make(await stage.image(variedId));
      await stage.untilFinished(variedId);
      await time.until("it is gone", () => !blobs.blobs.has(blobKey));
      await time.until("it is erased there", () => provider.erased.length > 0);
      const left = await valueOf(likeness.images.list({ actor: owner }));
      expect(left.map(({ id }) => id)).toStrictEqual([variedId]);
      const gone = err({ type: "picture-not-found", pictureId });
      expect(await likeness.images.remove({ actor: owner, pictureId })).toStrictEqual(gone);
      expect(await likeness.images.again({ actor: owner, pictureId })).toStrictEqual(gone);
      expect((await stage.set(pictureId)).places[0].status).toBe("removed");
      expect(JSON.stringify(await stage.image(pictureId))).not.toContain("secret");
      expect(stage.credits.lastOf(pictureId)).toBe("capture");
      await expectInvariants(stage);
    });

    it("answers for another owner's picture or set as for a missing one", async () => {
      const { likeness, picture } = await openImageStage(create);
      const { images } = likeness;
      const { id: pictureId } = await picture();
      const foreign = { actor: "owner:2", pictureId };
      const missing = err({ type: "picture-not-found", pictureId });
      expect(await images.view(foreign)).toStrictEqual(missing);
      expect(await images.open(foreign)).toStrictEqual(missing);
      expect(await images.favour({ ...foreign, favourite: true })).toStrictEqual(missing);
      expect(await images.remove(foreign)).toStrictEqual(missing);
      expect(await images.again(foreign)).toStrictEqual(missing);
      expect(await images.variation(foreign)).toStrictEqual(missing);
      expect(await images.upscale(foreign)).toStrictEqual(missing);
      expect(await images.set({ actor: "owner:2", setId: pictureId })).toStrictEqual(
        err({ type: "set-not-found", setId: pictureId }),
      );
      expect(await images.cancel({ actor: "owner:2", setId: pictureId })).toStrictEqual(
        err({ type: "set-not-found", setId: pictureId }),
      );
    });
  });
}
