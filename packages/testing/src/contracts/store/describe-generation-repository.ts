import { describe, expect, it } from "vitest";
import { addSeconds, type Generation, type GenerationState } from "@likeness/core";
import { err, ok } from "neverthrow";
import { testStart } from "../../clock/test-clock.ts";
import { aGeneration } from "../../fixtures/generation.ts";
import { valueOf } from "../../results/value-of.ts";
import { awkwardJson, foreignText } from "./awkward.ts";
import { storedAvatar, type CreateStore } from "./stored.ts";

const at = addSeconds(testStart, 12);

const states: GenerationState[] = [
  aGeneration("requested").state,
  aGeneration("submitting").state,
  aGeneration("submitted").state,
  { status: "submitted", request: { requestId: "only-an-id" }, submittedAt: at },
  aGeneration("unknown").state,
  aGeneration("succeeded").state,
  {
    status: "succeeded",
    request: { requestId: foreignText },
    images: [{ url: "https://files.example/1.png?x=1&y=%20", bytes: 7 }, { url: foreignText }],
    submittedAt: at,
    finishedAt: at,
  },
  aGeneration("failed").state,
  { status: "failed", reason: "submit_unknown", detail: foreignText, finishedAt: at },
  { status: "failed", reason: "rejected", finishedAt: at },
];

export function describeGenerationRepository(create: CreateStore): void {
  describe("generations", () => {
    it.each(states)("gives back every field of a generation that is $status", async (state) => {
      const store = await create();
      const avatarId = (await storedAvatar(store)).id;
      const idempotencyKey = `🗝 ${foreignText}`;
      const generation = aGeneration("requested", { avatarId, state, input: awkwardJson, idempotencyKey });
      expect(await store.generations.save(generation)).toStrictEqual(ok({ ...generation, version: 1 }));
      expect(await store.generations.find(generation.id)).toStrictEqual(ok({ ...generation, version: 1 }));
      expect(await store.generations.findByIdempotencyKey(idempotencyKey)).toStrictEqual(
        ok({ ...generation, version: 1 }),
      );
    });

    it("knows nothing of an id or key that was never saved", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      await valueOf(store.generations.save(aGeneration("requested", { avatarId, idempotencyKey: "café" })));
      expect(await store.generations.find("nothing")).toStrictEqual(ok(undefined));
      expect(await store.generations.findByIdempotencyKey("nothing")).toStrictEqual(ok(undefined));
      expect(await store.generations.findByIdempotencyKey("cafe\u0301")).toStrictEqual(ok(undefined));
    });

    it("lists the generations of an avatar, newest first", async () => {
      const store = await create();
      const [{ id: avatarId }, other] = [await storedAvatar(store), await storedAvatar(store)];
      const save = (seconds: number, owner = avatarId) => {
        const createdAt = addSeconds(testStart, seconds);
        return valueOf(store.generations.save(aGeneration("succeeded", { avatarId: owner, createdAt })));
      };
      const [middle, oldest, newest] = [await save(20), await save(10), await save(30)];
      await save(40, other.id);
      expect(await store.generations.listByAvatar(avatarId)).toStrictEqual(ok([newest, middle, oldest]));
    });

    it("replaces exactly the version that was read", async () => {
      const store = await create();
      const avatarId = (await storedAvatar(store)).id;
      const read = await valueOf(store.generations.save(aGeneration("submitting", { avatarId })));
      const moved = { ...read, state: aGeneration("submitted").state };
      expect(await store.generations.save(moved)).toStrictEqual(ok({ ...moved, version: 2 }));
      expect(await store.generations.save({ ...read, state: aGeneration("unknown").state })).toStrictEqual(
        err({ type: "version-conflict", entity: "generation", id: read.id }),
      );
      expect(await store.generations.find(read.id)).toStrictEqual(ok({ ...moved, version: 2 }));
    });

    it("lets exactly one of ten concurrent transitions win", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const generation = await valueOf(store.generations.save(aGeneration("submitted", { avatarId })));
      const results = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          store.generations.save({ ...generation, state: aGeneration(index % 2 ? "succeeded" : "failed").state }),
        ),
      );
      expect(results.filter((result) => result.isOk())).toHaveLength(1);
      expect(await store.generations.find(generation.id)).toStrictEqual(results.find((result) => result.isOk()));
    });

    it("finds generations whose check is overdue, the longest overdue first", async () => {
      const store = await create();
      const save = async (seconds: number | undefined): Promise<Generation> => {
        const nextCheckAt = seconds === undefined ? undefined : addSeconds(testStart, seconds);
        const avatarId = (await storedAvatar(store)).id;
        return valueOf(store.generations.save(aGeneration("submitted", { avatarId, nextCheckAt })));
      };
      const [third, first, second] = [await save(30), await save(10), await save(20)];
      await save(undefined);

      const moment = addSeconds(testStart, 30);
      expect(await store.generations.dueBefore(moment, 10)).toStrictEqual(ok([first, second]));
      expect(await store.generations.dueBefore(moment, 1)).toStrictEqual(ok([first]));
      expect(await store.generations.dueBefore(addSeconds(moment, 1), 10)).toStrictEqual(ok([first, second, third]));
    });

    it("forgets a check that is no longer due", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const generation = await valueOf(store.generations.save(aGeneration("submitted", { avatarId })));
      const { nextCheckAt: _check, deadlineAt: _deadline, ...rest } = generation;
      await valueOf(store.generations.save({ ...rest, nextCheckAt: undefined, deadlineAt: undefined }));
      expect(await store.generations.find(generation.id)).toStrictEqual(ok({ ...rest, version: 2 }));
      expect(await store.generations.dueBefore(addSeconds(testStart, 86_400), 10)).toStrictEqual(ok([]));
    });
  });
}
