import type { Training } from "@likeness/core";
import { describe, expect, it } from "vitest";
import { anAvatar } from "../fixtures/avatar.ts";
import { aModel } from "../fixtures/model.ts";
import { valueOf } from "../results/value-of.ts";
import { owner, openStage, type CreateStorage, type Stage } from "./stage.ts";

/** Ends a training that the provider has with a model. */
async function succeeds({ provider, untilStatus }: Stage, { training, request }: Submitted): Promise<Training> {
  provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
  return untilStatus(training.id, "succeeded");
}

type Submitted = Awaited<ReturnType<Stage["submitted"]>>;

const mainOf = async ({ store }: Stage): Promise<string[]> =>
  (await valueOf(store.avatars.listByOwner(owner))).filter(({ main }) => main).map(({ id }) => id);

export function describeMainOne(create: CreateStorage): void {
  describe("the main one", () => {
    it("is another one with a model once it is erased, and without one the next that is ready", async () => {
      const stage = await openStage(create);
      const { submitted, likeness, draft } = stage;
      const trained = async () => (await succeeds(stage, await submitted())).avatarId;
      const erase = (avatarId: string) => valueOf(likeness.avatars.erase({ actor: owner, avatarId }));
      const [first, second, third] = [await trained(), await trained(), await trained()];
      const unfinished = await draft();
      expect(await mainOf(stage)).toStrictEqual([first]);

      await erase(second);
      expect(await mainOf(stage)).toStrictEqual([first]);
      await erase(first);
      expect(await mainOf(stage)).toStrictEqual([third]);
      await erase(third);
      expect(await mainOf(stage)).toStrictEqual([]);
      const next = await trained();
      expect(await mainOf(stage)).toStrictEqual([next]);
      await erase(unfinished.id);
      expect(await mainOf(stage)).toStrictEqual([next]);
    });

    it("is one that is trained again when no other is ready, and never one of another owner", async () => {
      const stage = await openStage(create);
      const { submitted, likeness, store } = stage;
      const [first, second] = [await succeeds(stage, await submitted()), await succeeds(stage, await submitted())];
      const foreign = await valueOf(store.avatars.save(anAvatar({ ownerId: "owner:2" })));
      await valueOf(likeness.trainings.start({ actor: owner, avatarId: second.avatarId }));
      await valueOf(likeness.avatars.erase({ actor: owner, avatarId: first.avatarId }));
      expect(await mainOf(stage)).toStrictEqual([second.avatarId]);
      expect(await valueOf(store.avatars.find(foreign.id))).toStrictEqual(foreign);
    });

    it("is one at most, and there is one, after several were erased at once", async () => {
      const stage = await openStage(create);
      const { submitted, likeness } = stage;
      const avatars: string[] = [];
      for (let count = 0; count < 4; count++) avatars.push((await succeeds(stage, await submitted())).avatarId);
      const erased = avatars.slice(0, 3).map((avatarId) => likeness.avatars.erase({ actor: owner, avatarId }));
      for (const result of await Promise.all(erased)) expect(result.isOk()).toBe(true);
      expect(await mainOf(stage)).toStrictEqual([avatars[3]]);
    });

    it("makes the first avatar that is ready its owner's main one, and no other", async () => {
      const stage = await openStage(create);
      const { submitted, provider, untilStatus, avatar, notifier, time } = stage;
      const succeeded = async () => {
        const { training, request } = await submitted();
        provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
        return untilStatus(training.id, "succeeded");
      };
      const failing = await submitted();
      provider.report(failing.request.requestId, { type: "failed", detail: "out of memory" });
      const failed = await untilStatus(failing.training.id, "failed");
      await time.pass(4);
      expect(notifier.attempts.map(({ content }) => content.template)).toStrictEqual(["training-failed"]);
      const first = await succeeded();
      const second = await succeeded();
      const main = [failed, first, second].map(async ({ avatarId }) => (await avatar(avatarId))?.main);
      expect(await Promise.all(main)).toStrictEqual([false, true, false]);
      expect([failed, first, second].map(({ deadlineAt }) => deadlineAt)).toStrictEqual(Array(3).fill(undefined));
    });
  });
}
