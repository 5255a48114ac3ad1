import fc from "fast-check";
import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { advanceAvatar, avatarLifecycle, type AvatarTransition } from "./avatar-lifecycle.ts";
import type { Avatar, AvatarState } from "./avatar.ts";

const avatarIn = (state: AvatarState): Avatar => ({
  id: "avatar",
  ownerId: "owner",
  kind: "portrait",
  gender: "unspecified",
  name: "Ada",
  main: false,
  photosTaken: 0,
  state,
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: "2026-01-01T00:00:00.000Z",
  version: 1,
});

const transitions = fc.oneof(
  fc.record({ type: fc.constant("start" as const), trainingId: fc.uuid() }),
  fc.constant({ type: "complete" } as const),
  fc.constant({ type: "fail", reason: "provider_error" } as const),
  fc.constant({ type: "cancel" } as const),
  fc.record({ type: fc.constant("adopt" as const), trainingId: fc.uuid() }),
);

const walk = (avatar: Avatar, steps: readonly AvatarTransition[]): Avatar[] =>
  steps.reduce<Avatar[]>(
    (path, step) => [...path, advanceAvatar(path.at(-1) ?? avatar, step).unwrapOr(path.at(-1) ?? avatar)],
    [avatar],
  );

describe("advanceAvatar", () => {
  it("leads a draft through a training to ready", () => {
    const [, training, ready] = walk(avatarIn({ status: "draft" }), [
      { type: "start", trainingId: "t1" },
      { type: "complete" },
    ]);
    expect(training?.state).toStrictEqual({ status: "training", trainingId: "t1" });
    expect(ready?.state).toStrictEqual({ status: "ready", trainingId: "t1" });
  });

  it.each([
    ["fail", { type: "fail", reason: "provider_error" }],
    ["cancel", { type: "cancel" }],
  ] as const)("keeps the older model serving through a retraining that ends in %s", (_name, end) => {
    const [, retraining, after] = walk(avatarIn({ status: "ready", trainingId: "t1" }), [
      { type: "start", trainingId: "t2" },
      end,
    ]);
    expect(retraining?.state).toStrictEqual({ status: "training", trainingId: "t2", servingTrainingId: "t1" });
    expect(after?.state).toStrictEqual({ status: "ready", trainingId: "t1" });
  });

  it("says why a training failed, and lets it be started again", () => {
    const [, , failed, again] = walk(avatarIn({ status: "draft" }), [
      { type: "start", trainingId: "t1" },
      { type: "fail", reason: "provider_timeout" },
      { type: "start", trainingId: "t2" },
    ]);
    expect(failed?.state).toStrictEqual({ status: "failed", trainingId: "t1", reason: "provider_timeout" });
    expect(again?.state).toStrictEqual({ status: "training", trainingId: "t2" });
  });

  it.each([
    { status: "draft" },
    { status: "failed", trainingId: "t1", reason: "provider_timeout" },
    { status: "ready", trainingId: "t0" },
  ] as const)("becomes ready with what is adopted when it is $status", (state) => {
    const [, adopted] = walk(avatarIn(state), [{ type: "adopt", trainingId: "t1" }]);
    expect(adopted?.state).toStrictEqual({ status: "ready", trainingId: "t1" });
  });

  it("adopts nothing while it is being trained", () => {
    const avatar = avatarIn({ status: "training", trainingId: "t2", servingTrainingId: "t0" });
    expect(advanceAvatar(avatar, { type: "adopt", trainingId: "t1" })).toStrictEqual(
      err({ type: "illegal-transition", entity: "avatar", from: "training", transition: "adopt" }),
    );
  });

  it("answers an illegal transition with where it stood", () => {
    expect(advanceAvatar(avatarIn({ status: "draft" }), { type: "complete" })).toStrictEqual(
      err({ type: "illegal-transition", entity: "avatar", from: "draft", transition: "complete" }),
    );
  });

  it("never leaves the table and never becomes ready without a training that completed or was adopted", () => {
    fc.assert(
      fc.property(fc.array(transitions, { maxLength: 30 }), (steps) => {
        let avatar = avatarIn({ status: "draft" });
        const completed = new Set<string>();
        for (const step of steps) {
          const before = avatar.state;
          const moved = advanceAvatar(avatar, step);
          if (moved.isErr()) {
            expect(step.type in avatarLifecycle[before.status]).toBe(false);
            continue;
          }
          if (step.type === "complete" && before.status === "training") completed.add(before.trainingId);
          if (step.type === "adopt") completed.add(step.trainingId);
          avatar = moved.value;
          if (avatar.state.status === "ready") expect(completed).toContain(avatar.state.trainingId);
        }
      }),
    );
  });

  it("leaves everything but the state alone", () => {
    const avatar = avatarIn({ status: "draft" });
    const moved = advanceAvatar(avatar, { type: "start", trainingId: "t1" });
    expect(moved).toStrictEqual(ok({ ...avatar, state: { status: "training", trainingId: "t1" } }));
  });
});
