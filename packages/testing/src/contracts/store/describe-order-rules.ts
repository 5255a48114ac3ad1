import { describe, expect, it } from "vitest";
import { activeStatuses, type Training, type TrainingState, type UniqueRule } from "@likeness/core";
import { err, ok } from "neverthrow";
import { testStart } from "../../clock/test-clock.ts";
import { digestOf } from "../../fixtures/fixture-ids.ts";
import { aModel } from "../../fixtures/model.ts";
import { aProviderRequest } from "../../fixtures/provider-request.ts";
import { aManifest, aSnapshot, aTraining } from "../../fixtures/training.ts";
import { valueOf } from "../../results/value-of.ts";
import { storedAvatar, type CreateStore } from "./stored.ts";

const ended = { finishedAt: testStart };

const refused = (rule: UniqueRule) => err({ type: "already-exists", rule });

export function describeOrderRules(create: CreateStore): void {
  describe("rules of orders", () => {
    it("refuses to insert an id that is there", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const { id } = await valueOf(store.orders.save(aTraining("failed", { avatarId })));
      const again = aTraining("failed", { id, avatarId, idempotencyKey: "another" });
      expect(await store.orders.save(again)).toStrictEqual(refused("id"));
    });

    it.each(activeStatuses)("refuses a second training of an avatar whose training is %s", async (status) => {
      const store = await create();
      const [{ id: avatarId }, other] = [await storedAvatar(store), await storedAvatar(store)];
      await valueOf(store.orders.save(aTraining("failed", { avatarId })));
      await valueOf(store.orders.save(aTraining(status, { avatarId })));
      expect(await store.orders.save(aTraining("requested", { avatarId }))).toStrictEqual(refused("training-active"));
      expect((await store.orders.save(aTraining(status, { avatarId: other.id }))).isOk()).toBe(true);
    });

    it.each(["succeeded", "failed", "cancelled"] as const)("takes the next one once it has %s", async (status) => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const first = await valueOf(store.orders.save(aTraining("submitted", { avatarId })));
      await valueOf(store.orders.save({ ...first, state: aTraining(status).state }));
      expect((await store.orders.save(aTraining("requested", { avatarId }))).isOk()).toBe(true);
    });

    it("lets exactly one of twenty concurrent starts in", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const results = await Promise.all(
        Array.from({ length: 20 }, () => store.orders.save(aTraining("requested", { avatarId }))),
      );
      expect(results.filter((result) => result.isOk())).toHaveLength(1);
      expect(results.filter((result) => result.isErr())).toStrictEqual(Array(19).fill(refused("training-active")));
    });

    it("refuses the same idempotency key, whichever avatar it is for", async () => {
      const store = await create();
      const [left, right] = [await storedAvatar(store), await storedAvatar(store)];
      const idempotencyKey = "start-1";
      await valueOf(store.orders.save(aTraining("failed", { avatarId: left.id, idempotencyKey })));
      const again = aTraining("requested", { avatarId: right.id, idempotencyKey });
      expect(await store.orders.save(again)).toStrictEqual(refused("order-key"));
    });

    it("refuses the request of another training of the same provider", async () => {
      const store = await create();
      const state = { ...ended, status: "failed", reason: "provider_error", request: aProviderRequest() } as const;
      const save = async (change: Partial<Training>) => {
        const { id: avatarId } = await storedAvatar(store);
        return store.orders.save(aTraining("failed", { avatarId, state, ...change }));
      };
      expect((await save({})).isOk()).toBe(true);
      expect(await save({})).toStrictEqual(refused("order-request"));
      expect((await save({ provider: "another" })).isOk()).toBe(true);
    });

    it("takes no training of an avatar that is not there", async () => {
      const store = await create();
      const training = aTraining("requested", { avatarId: "nobody" });
      expect(await store.orders.save(training)).toStrictEqual(
        err({ type: "storage-failure", cause: expect.anything() }),
      );
      expect(await store.orders.find(training.id)).toStrictEqual(ok(undefined));
    });

    it.each(activeStatuses)("needs the photos of a training that is %s, until it is over", async (status) => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const training = await valueOf(store.orders.save(aTraining(status, { avatarId })));
      const keys = (training.snapshot.manifest ?? []).map((entry) => entry.blobKey);
      const uses = async () => Promise.all(keys.map((key) => valueOf(store.orders.usesBlob(key))));
      expect(await uses()).toStrictEqual(keys.map(() => true));
      expect(await store.orders.usesBlob(digestOf("another"))).toStrictEqual(ok(false));
      await valueOf(store.orders.save({ ...training, state: aTraining("failed").state }));
      expect(await uses()).toStrictEqual(keys.map(() => false));
    });

    it("takes photos that have one training copy, also within a transaction", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const blobKey = digestOf("one training copy");
      const manifest = aManifest(2).map((entry) => ({ ...entry, blobKey }));
      const training = aTraining("requested", { avatarId, snapshot: aSnapshot({ manifest }) });
      const saved = { ...training, version: 1 };
      expect(await store.atomically((tx) => tx.orders.save(training))).toStrictEqual(ok(saved));
      expect(await store.orders.find(training.id)).toStrictEqual(ok(saved));
      expect(await store.orders.usesBlob(blobKey)).toStrictEqual(ok(true));
    });

    it("needs the files of a model, also of one that came late", async () => {
      const store = await create();
      const copy = (name: string) => ({ url: `https://files.example/${name}`, blobKey: digestOf(name) });
      const model = aModel({ weights: copy("weights"), config: copy("config") });
      const lateOutcome = aModel({ weights: copy("late weights") });
      const request = aProviderRequest();
      const states: TrainingState[] = [
        { ...ended, status: "succeeded", request, submittedAt: testStart, outcome: model },
        { ...ended, status: "cancelled", lateOutcome },
      ];
      for (const state of states) {
        const { id: avatarId } = await storedAvatar(store);
        await valueOf(store.orders.save(aTraining(state.status, { avatarId, state })));
      }
      for (const name of ["weights", "config", "late weights"])
        expect(await store.orders.usesBlob(digestOf(name))).toStrictEqual(ok(true));
    });
  });
}
