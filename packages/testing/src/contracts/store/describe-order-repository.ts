import { describe, expect, it } from "vitest";
import { addSeconds, type Model, type Order, type Training, type TrainingState } from "@likeness/core";
import { err, ok } from "neverthrow";
import { testStart } from "../../clock/test-clock.ts";
import { anImageOrder, aPictureFile } from "../../fixtures/image-order.ts";
import { aModel } from "../../fixtures/model.ts";
import { aProviderRequest } from "../../fixtures/provider-request.ts";
import { aPrepared, aSnapshot, aTraining } from "../../fixtures/training.ts";
import { valueOf } from "../../results/value-of.ts";
import { awkwardJson, foreignText } from "./awkward.ts";
import { storedAvatar, type CreateStore } from "./stored.ts";

const at = addSeconds(testStart, 600);
const finished = {
  finishedAt: at,
  prepared: aPrepared("https://files.example/c.zip"),
  request: aProviderRequest(),
  lateOutcome: aModel(),
};

const states: TrainingState[] = [
  aTraining("requested").state,
  { status: "requested", prepared: aPrepared("https://files.example/a.zip?x=1&y=%20") },
  aTraining("submitting").state,
  aTraining("unknown").state,
  aTraining("submitted").state,
  {
    status: "submitted",
    prepared: aPrepared("https://files.example/b.zip"),
    request: { requestId: "only-an-id" },
    submittedAt: at,
    progress: { position: 3, percent: 12.5, startedAt: at },
  },
  aTraining("succeeded").state,
  aTraining("failed").state,
  { status: "failed", reason: "submit_unknown", detail: foreignText, ...finished },
  { status: "cancelled", finishedAt: at },
  { status: "cancelled", ...finished },
];

export function describeOrderRepository(create: CreateStore): void {
  describe("orders", () => {
    it.each(states)("gives back every field of an order that is $status", async (state) => {
      const store = await create();
      const snapshot = aSnapshot({ input: awkwardJson, trigger: foreignText });
      const avatarId = (await storedAvatar(store)).id;
      const training = { ...aTraining("requested"), avatarId, state, snapshot, idempotencyKey: `🗝 ${foreignText}` };
      expect(await store.orders.save(training)).toStrictEqual(ok({ ...training, version: 1 }));
      expect(await store.orders.find(training.id)).toStrictEqual(ok({ ...training, version: 1 }));
      expect(await store.orders.findByIdempotencyKey(training.idempotencyKey)).toStrictEqual(
        ok({ ...training, version: 1 }),
      );
    });

    it("holds an order as it finds it, if it can", async () => {
      const store = await create();
      const training = aTraining("submitted", { avatarId: (await storedAvatar(store)).id });
      await valueOf(store.orders.save(training));
      const held = (id: string) => store.atomically((tx) => tx.orders.hold?.(id) ?? tx.orders.find(id));
      expect(await held(training.id)).toStrictEqual(await store.orders.find(training.id));
      expect(await held("nothing")).toStrictEqual(ok(undefined));
    });

    it("knows nothing of an id or key that was never saved", async () => {
      const { orders } = await create();
      expect(await orders.find("nothing")).toStrictEqual(ok(undefined));
      expect(await orders.findByIdempotencyKey("nothing")).toStrictEqual(ok(undefined));
    });

    it("lists the orders of an avatar, newest first, and those of one kind", async () => {
      const store = await create();
      const [{ id: avatarId }, other] = [await storedAvatar(store), await storedAvatar(store)];
      const save = (overrides: Partial<Training>) =>
        valueOf(store.orders.save(aTraining("failed", { avatarId, ...overrides })));
      const middle = await save({ createdAt: addSeconds(testStart, 20) });
      const oldest = await save({ createdAt: addSeconds(testStart, 10) });
      const newest = await save({ createdAt: addSeconds(testStart, 30) });
      await save({ avatarId: other.id });
      expect(await store.orders.listByAvatar(avatarId)).toStrictEqual(ok([newest, middle, oldest]));
      const image = await valueOf(store.orders.save(anImageOrder("failed", { avatarId })));
      expect(await store.orders.listByAvatar(avatarId, "image")).toStrictEqual(ok([image]));
      expect(await store.orders.listByAvatar(avatarId, "training")).toStrictEqual(ok([newest, middle, oldest]));
    });

    it("replaces exactly the version that was read", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const read = await valueOf(store.orders.save(aTraining("submitting", { avatarId })));
      const moved = { ...read, state: aTraining("submitted").state };
      expect(await store.orders.save(moved)).toStrictEqual(ok({ ...moved, version: 2 }));
      const conflict = err({ type: "version-conflict", entity: "order", id: read.id });
      expect(await store.orders.save({ ...read, state: aTraining("unknown").state })).toStrictEqual(conflict);
      expect(await store.orders.find(read.id)).toStrictEqual(ok({ ...moved, version: 2 }));
    });

    it("lets exactly one of ten concurrent transitions win", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const training = await valueOf(store.orders.save(aTraining("submitted", { avatarId })));
      const outcomes = [aTraining("succeeded").state, aTraining("failed").state];
      const results = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          store.orders.save({ ...training, state: outcomes[index % 2] ?? training.state }),
        ),
      );
      expect(results.filter((result) => result.isOk())).toHaveLength(1);
      expect(await store.orders.find(training.id)).toStrictEqual(results.find((result) => result.isOk()));
    });

    it("finds orders whose check is overdue, the longest overdue first", async () => {
      const store = await create();
      const save = async (seconds: number | undefined): Promise<Order> => {
        const nextCheckAt = seconds === undefined ? undefined : addSeconds(testStart, seconds);
        const avatarId = (await storedAvatar(store)).id;
        return valueOf(store.orders.save(aTraining("submitted", { avatarId, nextCheckAt })));
      };
      const [third, first, second] = [await save(30), await save(10), await save(20)];
      await save(undefined);

      const moment = addSeconds(testStart, 30);
      expect(await store.orders.dueBefore(moment, 10)).toStrictEqual(ok([first, second]));
      expect(await store.orders.dueBefore(moment, 1)).toStrictEqual(ok([first]));
      expect(await store.orders.dueBefore(addSeconds(moment, 1), 10)).toStrictEqual(ok([first, second, third]));
    });

    it("finds orders with a late result, the newest first", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const save = (state: TrainingState) => valueOf(store.orders.save(aTraining("requested", { avatarId, state })));
      const lateOutcome = aModel();
      const after = (seconds: number) => addSeconds(testStart, seconds);
      const middle = await save({ status: "cancelled", finishedAt: after(20), lateOutcome });
      const oldest = await save({ status: "failed", reason: "provider_error", finishedAt: after(10), lateOutcome });
      const newest = await save({ status: "failed", reason: "submit_unknown", finishedAt: after(30), lateOutcome });
      await valueOf(store.orders.save(aTraining("failed", { avatarId })));
      await valueOf(store.orders.save(aTraining("succeeded", { avatarId })));

      expect(await store.orders.lateBefore(after(31), 10)).toStrictEqual(ok([newest, middle, oldest]));
      expect(await store.orders.lateBefore(after(30), 10)).toStrictEqual(ok([middle, oldest]));
      expect(await store.orders.lateBefore(after(86_400), 1)).toStrictEqual(ok([newest]));
      const image = anImageOrder("failed", { avatarId });
      const picture = { ...image.state, finishedAt: after(40), lateOutcome: { picture: aPictureFile() } };
      await valueOf(store.orders.save({ ...image, state: picture }));
      expect(await store.orders.lateBefore(after(41), 1, "training")).toStrictEqual(ok([newest]));
      expect(await store.orders.uncopiedBefore(after(41), 1, "training")).toStrictEqual(ok([newest]));
    });

    it("finds orders whose outcome is not wholly in our own blobs, the newest first", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const after = (seconds: number) => addSeconds(testStart, seconds);
      const succeeded = (seconds: number, model: Model): TrainingState => ({
        status: "succeeded",
        request: aProviderRequest(),
        submittedAt: testStart,
        finishedAt: after(seconds),
        outcome: model,
      });
      const save = (state: TrainingState) => valueOf(store.orders.save(aTraining("requested", { avatarId, state })));
      const { weights, config = weights } = aModel();
      const ours = { ...weights, blobKey: "a".repeat(64) };
      const oldest = await save(succeeded(10, { weights, config }));
      const newest = await save(succeeded(40, { weights: { ...weights, givenUp: true } }));
      const middle = await save(succeeded(20, { weights: ours, config: { ...config, givenUp: true } }));
      const late = await save({ status: "cancelled", finishedAt: after(30), lateOutcome: { weights, config: ours } });
      await save(succeeded(50, { weights: ours }));
      await save(succeeded(60, { weights: { ...ours, url: 'https://files.example/"config":' } }));
      await save(succeeded(70, { weights: ours, config: ours }));
      await valueOf(store.orders.save(aTraining("failed", { avatarId })));
      await valueOf(store.orders.save(aTraining("submitted", { avatarId })));

      expect(await store.orders.uncopiedBefore(after(99), 10)).toStrictEqual(ok([newest, late, middle, oldest]));
      expect(await store.orders.uncopiedBefore(after(40), 10)).toStrictEqual(ok([late, middle, oldest]));
      expect(await store.orders.uncopiedBefore(after(99), 1)).toStrictEqual(ok([newest]));
    });

    it("forgets a check that is no longer due", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const training = await valueOf(store.orders.save(aTraining("submitted", { avatarId })));
      const { nextCheckAt: _check, deadlineAt: _deadline, ...rest } = training;
      await valueOf(store.orders.save({ ...rest, nextCheckAt: undefined, deadlineAt: undefined }));
      expect(await store.orders.find(training.id)).toStrictEqual(ok({ ...rest, version: 2 }));
      expect(await store.orders.dueBefore(addSeconds(testStart, 86_400), 10)).toStrictEqual(ok([]));
    });
  });
}
