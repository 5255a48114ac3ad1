import { addSeconds, type Credits } from "@likeness/core";
import { err, errAsync, fromSafePromise, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { recordingCredits, type RecordingCredits } from "../fakes/recording-credits.ts";
import { valueOf } from "../results/value-of.ts";
import { closedGate } from "../contracts/gate.ts";
import { expectInvariants, owner, stage, type CreateStorage } from "./stage.ts";

const refused = { type: "credits-refused", detail: "0 of 10 credits" } as const;

/**
 * Credits for one training: both starts reserve at once, and the second one gets its refusal after the first one has
 * stored its training.
 */
function creditsForOne() {
  const started = closedGate();
  const both = closedGate();
  const inner = recordingCredits();
  let reservations = 0;
  const credits: Credits = {
    ...inner,
    reserve: (training) => {
      if (++reservations === 1) return fromSafePromise(both.passed).andThen(() => inner.reserve(training));
      both.open();
      return fromSafePromise(started.passed).andThen(() => errAsync(refused));
    },
  };
  return { credits, letThrough: started.open };
}

/** Answers no reservation before there are two. */
function creditsForTwoAtOnce(): RecordingCredits {
  const credits = recordingCredits();
  const both = closedGate();
  return {
    ...credits,
    reserve: (order) => {
      const reserved = credits.reserve(order);
      if (credits.calls.length === 2) both.open();
      return fromSafePromise(both.passed).andThen(() => reserved);
    },
  };
}

export function describeStartingAgain(create: CreateStorage): void {
  describe("starting again", () => {
    it("answers the same key with the training under way, and asks for no credits", async () => {
      const scene = await stage(create);
      const { likeness, draft, provider, credits, untilStatus } = scene;
      const { id: avatarId } = await draft();
      const start = () => likeness.trainings.start({ actor: owner, avatarId, idempotencyKey: "button-1" });
      const first = await valueOf(start());
      expect((await valueOf(start())).id).toBe(first.id);
      await untilStatus(first.id, "submitted");
      expect((await valueOf(start())).id).toBe(first.id);
      expect(credits.calls).toStrictEqual([{ method: "reserve", orderId: first.id }]);
      expect(provider.submissions).toHaveLength(1);
      await expectInvariants(scene);
    });

    it("gives back what was reserved for the repeats of one key", async () => {
      const credits = creditsForTwoAtOnce();
      const { likeness, draft } = await stage(create, { credits });
      const { id: avatarId } = await draft();
      const start = () => likeness.trainings.start({ actor: owner, avatarId, idempotencyKey: "button-1" });
      const [first, second] = await Promise.all([valueOf(start()), valueOf(start())]);
      expect(second.id).toBe(first.id);
      const reserved = credits.calls.filter(({ method }) => method === "reserve").map(({ orderId }) => orderId);
      expect(reserved).toHaveLength(2);
      for (const id of reserved) expect(credits.lastOf(id)).toBe(id === first.id ? "reserve" : "release");
    });

    it("answers a repeat with its training although that has taken the last credits", async () => {
      const { credits, letThrough } = creditsForOne();
      const { likeness, draft } = await stage(create, { credits });
      const { id: avatarId } = await draft();
      const start = () => likeness.trainings.start({ actor: owner, avatarId, idempotencyKey: "button-1" });
      const [first, second] = [start(), start()];
      const { id } = await valueOf(Promise.race([first, second]));
      letThrough();
      expect((await valueOf(first)).id).toBe(id);
      expect((await valueOf(second)).id).toBe(id);
    });

    it("says that a training is under way, not that the credits are gone which it has taken", async () => {
      const { credits, letThrough } = creditsForOne();
      const { likeness, draft } = await stage(create, { credits });
      const { id: avatarId } = await draft();
      const starts = [1, 2].map(() => likeness.trainings.start({ actor: owner, avatarId }));
      const { id: orderId } = await valueOf(Promise.race(starts));
      letThrough();
      const refusals = (await Promise.all(starts)).filter((answer) => answer.isErr());
      expect(refusals).toStrictEqual([err({ type: "training-active", trainingId: orderId })]);
    });

    it("keeps the reservation of a training of which nobody knows whether it was stored", async () => {
      let answerLost = false;
      const losingAnswers: CreateStorage = async (clock) => {
        const { store, queue } = await create(clock);
        return {
          queue,
          store: {
            ...store,
            atomically: (work) =>
              store.atomically(work).andThen((value) => {
                if (!answerLost) return ok(value);
                answerLost = false;
                return err({ type: "storage-failure", cause: "the connection was lost" } as const);
              }),
          },
        };
      };
      const { likeness, draft, store, credits, untilStatus } = await stage(losingAnswers);
      const { id: avatarId } = await draft();
      answerLost = true;
      expect(await likeness.trainings.start({ actor: owner, avatarId })).toStrictEqual(
        err({ type: "storage-failure", cause: "the connection was lost" }),
      );
      const [training] = await valueOf(store.orders.listByAvatar(avatarId));
      await untilStatus(training?.id ?? "", "submitted");
      expect(credits.calls).toStrictEqual([{ method: "reserve", orderId: training?.id }]);
    });

    it("goes by the balanced preset unless told otherwise, and ends at a deadline while it is not submitted", async () => {
      const { ordered, draft, likeness } = await stage(create);
      const training = await ordered();
      expect(training.snapshot).toMatchObject({ preset: "balanced", steps: 1_000 });
      expect(training.deadlineAt).toBe(addSeconds(training.createdAt, 300));
      const { id: avatarId } = await draft();
      const fast = await valueOf(likeness.trainings.start({ actor: owner, avatarId, preset: "fast" }));
      expect(fast.snapshot).toMatchObject({ preset: "fast", steps: 500 });
    });
  });
}
