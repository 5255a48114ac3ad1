import { describe, expect, it } from "vitest";
import type { GenerationState, UniqueRule } from "@likeness/core";
import { err, ok } from "neverthrow";
import { testStart } from "../../clock/test-clock.ts";
import { aGeneration } from "../../fixtures/generation.ts";
import { aProviderRequest } from "../../fixtures/training.ts";
import { valueOf } from "../../results/value-of.ts";
import { storedAvatar, type CreateStore } from "./stored.ts";

const request = aProviderRequest();
const at = testStart;

/** One request in every status that has one. */
const sent = [
  { status: "submitted", request, submittedAt: at },
  { status: "succeeded", request, images: [], submittedAt: at, finishedAt: at },
  { status: "failed", reason: "provider_error", finishedAt: at, request },
] as const satisfies GenerationState[];

const refused = (rule: UniqueRule) => err({ type: "already-exists", rule });

export function describeGenerationRules(create: CreateStore): void {
  describe("rules of generations", () => {
    it("refuses to insert an id that is there", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const { id } = await valueOf(store.generations.save(aGeneration("requested", { avatarId })));
      const again = aGeneration("requested", { id, avatarId, idempotencyKey: "another" });
      expect(await store.generations.save(again)).toStrictEqual(refused("id"));
    });

    it("refuses the same idempotency key, whichever avatar it is for", async () => {
      const store = await create();
      const [left, right] = [await storedAvatar(store), await storedAvatar(store)];
      const idempotencyKey = "generate-1";
      await valueOf(store.generations.save(aGeneration("failed", { avatarId: left.id, idempotencyKey })));
      const again = aGeneration("requested", { avatarId: right.id, idempotencyKey });
      expect(await store.generations.save(again)).toStrictEqual(refused("generation-key"));
    });

    it("lets exactly one of twenty concurrent requests with the same key in", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const results = await Promise.all(
        Array.from({ length: 20 }, () =>
          store.generations.save(aGeneration("requested", { avatarId, idempotencyKey: "generate-1" })),
        ),
      );
      expect(results.filter((result) => result.isOk())).toHaveLength(1);
      expect(results.filter((result) => result.isErr())).toStrictEqual(Array(19).fill(refused("generation-key")));
    });

    it.each(sent)("refuses the request of another generation of the same provider that is $status", async (state) => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      await valueOf(store.generations.save(aGeneration(state.status, { avatarId, state })));
      const again = aGeneration("submitted", { avatarId, state: sent[0] });
      expect(await store.generations.save(again)).toStrictEqual(refused("generation-request"));
      expect((await store.generations.save({ ...again, provider: "another" })).isOk()).toBe(true);

      const lost = await valueOf(store.generations.save(aGeneration("unknown", { avatarId })));
      expect(await store.generations.save({ ...lost, state: sent[0] })).toStrictEqual(refused("generation-request"));
      expect(await store.generations.find(lost.id)).toStrictEqual(ok(lost));
    });

    it("takes several generations of an avatar that have no request yet", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const statuses = ["requested", "requested", "submitting", "submitting", "unknown", "unknown"] as const;
      for (const status of statuses) await valueOf(store.generations.save(aGeneration(status, { avatarId })));
      expect(await valueOf(store.generations.listByAvatar(avatarId))).toHaveLength(statuses.length);
    });

    it("takes no generation of an avatar that is not there", async () => {
      const store = await create();
      const generation = aGeneration("requested", { avatarId: "nobody" });
      expect(await store.generations.save(generation)).toStrictEqual(
        err({ type: "storage-failure", cause: expect.anything() }),
      );
      expect(await store.generations.find(generation.id)).toStrictEqual(ok(undefined));
    });
  });
}
