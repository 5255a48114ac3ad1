import { describe, expect, it } from "vitest";
import { addSeconds, type GenerationState } from "@likeness/core";
import { err, ok } from "neverthrow";
import { testStart } from "../../clock/test-clock.ts";
import { aGeneration } from "../../fixtures/generation.ts";
import { aProviderRequest } from "../../fixtures/training.ts";
import { valueOf } from "../../results/value-of.ts";
import { awkwardJson, awkwardText } from "./awkward.ts";
import { storedAvatar, type CreateStore } from "./stored.ts";

const states: GenerationState[] = [
  { status: "requested" },
  { status: "submitting", submitStartedAt: testStart },
  { status: "submitted", request: aProviderRequest(), submittedAt: testStart },
  { status: "succeeded", images: [{ url: "https://files.example/1.png", bytes: 7 }], finishedAt: testStart },
  { status: "failed", detail: awkwardText, finishedAt: testStart },
];

export function describeGenerationRepository(create: CreateStore): void {
  describe("generations", () => {
    it.each(states)("gives back every field of a generation that is $status", async (state) => {
      const store = await create();
      const avatarId = (await storedAvatar(store)).id;
      const generation = aGeneration({ avatarId, state, input: awkwardJson, nextCheckAt: testStart });
      expect(await store.generations.save(generation)).toStrictEqual(ok({ ...generation, version: 1 }));
      expect(await store.generations.find(generation.id)).toStrictEqual(ok({ ...generation, version: 1 }));
    });

    it("knows nothing of an id that was never saved", async () => {
      const { generations } = await create();
      expect(await generations.find("nothing")).toStrictEqual(ok(undefined));
    });

    it("lists the generations of an avatar, newest first", async () => {
      const store = await create();
      const [{ id: avatarId }, other] = [await storedAvatar(store), await storedAvatar(store)];
      const save = (seconds: number, owner = avatarId) =>
        valueOf(store.generations.save(aGeneration({ avatarId: owner, createdAt: addSeconds(testStart, seconds) })));
      const [middle, oldest, newest] = [await save(20), await save(10), await save(30)];
      await save(40, other.id);
      expect(await store.generations.listByAvatar(avatarId)).toStrictEqual(ok([newest, middle, oldest]));
    });

    it("replaces exactly the version that was read", async () => {
      const store = await create();
      const avatarId = (await storedAvatar(store)).id;
      const read = await valueOf(store.generations.save(aGeneration({ avatarId })));
      await valueOf(store.generations.save({ ...read, state: { status: "submitting", submitStartedAt: testStart } }));
      expect(await store.generations.save(read)).toStrictEqual(
        err({ type: "version-conflict", entity: "generation", id: read.id }),
      );
    });

    it("refuses an id and an idempotency key that are there", async () => {
      const store = await create();
      const avatarId = (await storedAvatar(store)).id;
      const { id, idempotencyKey } = await valueOf(store.generations.save(aGeneration({ avatarId })));
      expect(await store.generations.save(aGeneration({ avatarId, idempotencyKey }))).toStrictEqual(
        err({ type: "already-exists", rule: "generation-key" }),
      );
      expect(await store.generations.save(aGeneration({ id, avatarId, idempotencyKey: "another" }))).toStrictEqual(
        err({ type: "already-exists", rule: "id" }),
      );
    });
  });
}
