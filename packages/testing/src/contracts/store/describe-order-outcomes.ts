import { describe, expect, it } from "vitest";
import {
  addSeconds,
  failureReasons,
  type ImageOrder,
  type Model,
  type OutcomeFile,
  type PictureOutcome,
  type TrainingState,
} from "@likeness/core";
import { ok } from "neverthrow";
import { testStart } from "../../clock/test-clock.ts";
import { digestOf } from "../../fixtures/fixture-ids.ts";
import { aPictureFile, anImageOrder } from "../../fixtures/image-order.ts";
import { aModel } from "../../fixtures/model.ts";
import { aProviderRequest } from "../../fixtures/provider-request.ts";
import { aTraining } from "../../fixtures/training.ts";
import { valueOf } from "../../results/value-of.ts";
import { storedAvatar, type CreateStore } from "./stored.ts";

const at = addSeconds(testStart, 600);

type End = (outcome: PictureOutcome) => ImageOrder["state"];

const inTime: End = (outcome) => ({
  status: "succeeded",
  request: aProviderRequest(),
  submittedAt: testStart,
  finishedAt: at,
  outcome,
});

const late: End = (lateOutcome) => ({ status: "failed", reason: "provider_timeout", finishedAt: at, lateOutcome });

/** How an order ends that yielded a picture. */
const ends: [string, End][] = [
  ["in time", inTime],
  ["late", late],
];

export function describeOrderOutcomes(create: CreateStore): void {
  describe("outcomes of orders", () => {
    async function prepared() {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const save = (state: ImageOrder["state"]) =>
        valueOf(store.orders.save(anImageOrder("requested", { avatarId, state })));
      return { orders: store.orders, avatarId, save };
    }

    it.each(ends)("gives back every field of a picture that came %s", async (_, end) => {
      const { orders, save } = await prepared();
      const files: OutcomeFile[] = [
        aPictureFile({ bytes: 9, width: 1_024, height: 1_280, blobKey: digestOf("a picture") }),
        aPictureFile({ blocked: "flagged" }),
        aPictureFile({ blocked: "black" }),
        aPictureFile({ givenUp: true }),
      ];
      for (const picture of files) {
        const order = await save(end({ picture }));
        expect(await orders.find(order.id)).toStrictEqual(ok(order));
      }
    });

    it.each(ends)("needs the blob of a picture that came %s until it is removed", async (_, end) => {
      const { orders, save } = await prepared();
      const blobKey = digestOf("a picture");
      const order = await save(end({ picture: aPictureFile() }));
      expect(await orders.usesBlob(blobKey)).toStrictEqual(ok(false));
      const copied = await valueOf(orders.save({ ...order, state: end({ picture: aPictureFile({ blobKey }) }) }));
      expect(await orders.usesBlob(blobKey)).toStrictEqual(ok(true));
      const twin = await save(end({ picture: aPictureFile({ blobKey }) }));
      await valueOf(orders.save({ ...copied, state: end({}) }));
      expect(await orders.usesBlob(blobKey)).toStrictEqual(ok(true));
      await valueOf(orders.save({ ...twin, state: end({}) }));
      expect(await orders.usesBlob(blobKey)).toStrictEqual(ok(false));
    });

    it("needs only the files that an outcome still names", async () => {
      const { orders, avatarId } = await prepared();
      const copy = (name: string): OutcomeFile => ({ url: `https://files.example/${name}`, blobKey: digestOf(name) });
      const model = aModel({ weights: copy("weights"), config: copy("config") });
      const endedWith = (lateOutcome: Model): TrainingState => ({ status: "cancelled", finishedAt: at, lateOutcome });
      const training = aTraining("cancelled", { avatarId, state: endedWith(model) });
      const saved = await valueOf(orders.save(training));
      await valueOf(orders.save({ ...saved, state: endedWith({ weights: model.weights }) }));
      expect(await orders.usesBlob(digestOf("weights"))).toStrictEqual(ok(true));
      expect(await orders.usesBlob(digestOf("config"))).toStrictEqual(ok(false));
    });

    it("keeps the blobs of an order whose save is refused", async () => {
      const { orders, save } = await prepared();
      const blobKey = digestOf("a picture");
      const order = await save(inTime({ picture: aPictureFile({ blobKey }) }));
      await valueOf(orders.save(order));
      expect((await orders.save({ ...order, state: inTime({}) })).isErr()).toBe(true);
      expect(await orders.usesBlob(blobKey)).toStrictEqual(ok(true));
    });

    it.each(ends)("waits for no copy of a picture that came %s and is blocked or removed", async (_, end) => {
      const { orders, save } = await prepared();
      const awaited = await save(end({ picture: aPictureFile() }));
      await save(end({ picture: aPictureFile({ blocked: "flagged" }) }));
      await save(end({ picture: aPictureFile({ blobKey: digestOf("a picture") }) }));
      await save(end({}));
      expect(await orders.uncopiedBefore(addSeconds(at, 1), 10)).toStrictEqual(ok([awaited]));
    });

    it.each(failureReasons)("stores that an order has failed by %s", async (reason) => {
      const { orders, save } = await prepared();
      const order = await save({ status: "failed", reason, finishedAt: at });
      expect(await orders.find(order.id)).toStrictEqual(ok(order));
    });
  });
}
