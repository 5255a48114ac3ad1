import type { FalFakeBehaviour } from "@likeness/fal/testing";
import { valueOf } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { owner, posts, wireStage } from "./wire-stage.ts";

/** What fal does to the submit → how the training ends, how often it was posted, and what its owner is told. */
const troubles: [string, FalFakeBehaviour, { status: string; reason?: string }, number, string[]][] = [
  ["422", { submit: { status: 422 } }, { status: "failed", reason: "rejected" }, 1, ["training-failed"]],
  [
    '403 "User is locked"',
    { submit: { status: 403, body: { detail: "User is locked. Reason: Exhausted balance." } } },
    { status: "failed", reason: "rejected" },
    1,
    ["training-failed"],
  ],
  ["429", { submit: { status: 429, retryAfter: 1 } }, { status: "succeeded" }, 2, ["training-ready"]],
  [
    "500 without accepting",
    { submit: { status: 500 } },
    { status: "failed", reason: "submit_unknown" },
    1,
    ["training-unconfirmed", "training-failed"],
  ],
  [
    "504 after accepting",
    { submit: "504-after-accepting" },
    { status: "succeeded" },
    1,
    ["training-unconfirmed", "training-ready"],
  ],
  [
    "a reset after accepting",
    { submit: "drop-after-accepting" },
    { status: "succeeded" },
    1,
    ["training-unconfirmed", "training-ready"],
  ],
  [
    "a reset after accepting, the webhook lost",
    { submit: "drop-after-accepting", webhook: "lost" },
    { status: "succeeded" },
    1,
    ["training-unconfirmed", "training-ready"],
  ],
  [
    "nothing, having accepted",
    { submit: "hang-after-accepting", trainingSeconds: 3 },
    { status: "succeeded" },
    1,
    ["training-unconfirmed", "training-ready"],
  ],
  [
    "a reset without accepting",
    { submit: "drop-before-accepting" },
    { status: "failed", reason: "submit_unknown" },
    1,
    ["training-unconfirmed", "training-failed"],
  ],
  [
    "an answer that cannot be read, having accepted",
    { submit: "garbage-after-accepting" },
    { status: "succeeded" },
    1,
    ["training-unconfirmed", "training-ready"],
  ],
  [
    "a webhook before the answer",
    { webhook: "before-answer", trainingSeconds: 0 },
    { status: "succeeded" },
    1,
    ["training-ready"],
  ],
  ["the webhook lost", { webhook: "lost" }, { status: "succeeded" }, 1, ["training-ready"]],
];

describe("when fal answers the submit with", { timeout: 60_000 }, () => {
  it.each(troubles)("%s", async (_name, behaviour, outcome, expectedPosts, told) => {
    const scene = await wireStage();
    scene.fal.control.next(behaviour);
    const { id, avatarId } = await scene.ordered();
    const training = await scene.untilStatus(id, outcome.status as "succeeded" | "failed");
    expect(training.state).toMatchObject(outcome);
    await scene.until(() => scene.messages.length >= told.length);
    expect(scene.messages.map(({ content }) => content.template)).toStrictEqual(told);
    expect(posts(scene)).toBe(expectedPosts);
    expect(scene.fal.control.accepted().length).toBeLessThanOrEqual(1);
    const [overview] = await valueOf(scene.likeness.avatars.list({ actor: owner }));
    expect(overview?.avatar).toMatchObject({
      id: avatarId,
      state: { status: outcome.status === "succeeded" ? "ready" : "failed" },
    });
  });

  it("acceptance, but two people press start at once: one training, one POST", async () => {
    const scene = await wireStage();
    const { id: avatarId } = await scene.draft();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => scene.likeness.trainings.start({ actor: owner, avatarId })),
    );
    const [started] = answers.flatMap((answer) => (answer.isOk() ? [answer.value] : []));
    expect(answers.filter((answer) => answer.isOk())).toHaveLength(1);
    await scene.untilStatus(started?.id ?? "", "succeeded");
    expect([posts(scene), scene.fal.control.accepted().length]).toStrictEqual([1, 1]);
  });
});

describe("when a training", { timeout: 60_000 }, () => {
  it("ends with an error at fal, its owner learns why", async () => {
    const scene = await wireStage();
    scene.fal.control.next({ outcome: "error" });
    const { id } = await scene.ordered();
    const { state } = await scene.untilStatus(id, "failed");
    expect(state).toMatchObject({ reason: "provider_error", detail: expect.stringMatching(/./) });
    await scene.until(() => scene.messages.length === 1);
    expect(scene.messages[0]?.content).toStrictEqual({ template: "training-failed", reason: "provider_error" });
  });

  it("succeeds without a payload in the webhook, the result is fetched", async () => {
    const scene = await wireStage();
    scene.fal.control.next({ outcome: "ok-without-payload" });
    const { id } = await scene.ordered();
    expect((await scene.untilStatus(id, "succeeded")).state).toMatchObject({
      outcome: { weights: { url: expect.any(String) } },
    });
  });

  it.each<[string, FalFakeBehaviour]>([
    ["ends", {}],
    ["ends without anybody being told", { webhook: "lost" }],
    ["is over before its lost request is found", { submit: "drop-after-accepting", webhook: "lost" }],
  ])("%s, what counts is the time that fal says it ran", async (_name, behaviour) => {
    const scene = await wireStage();
    scene.fal.control.next({ trainingSeconds: 0.5, ...behaviour });
    const { id } = await scene.ordered();
    await scene.untilStatus(id, "succeeded");
    await scene.until(async () => (await scene.training(id)).nextCheckAt === undefined);
    const { state } = await scene.training(id);
    const ranSeconds = state.status === "succeeded" ? state.ranSeconds : undefined;
    expect(ranSeconds).toBeGreaterThan(0.4);
    expect(ranSeconds).toBeLessThan(5);
  });

  it("succeeds, the weights are copied before the owner is told", async () => {
    const scene = await wireStage();
    const { id } = await scene.ordered();
    await scene.until(() => scene.messages.length === 1);
    const { state } = await scene.training(id);
    expect(state).toMatchObject({
      status: "succeeded",
      outcome: {
        weights: { blobKey: expect.stringMatching(/^[0-9a-f]{64}$/) },
        config: { blobKey: expect.any(String) },
      },
    });
    const names = (await scene.blobs()).map((name) => name.slice(-64));
    expect(names).toContain(state.status === "succeeded" ? state.outcome.weights.blobKey : "");
  });

  it("is cancelled, fal is told, and what fal reports afterwards changes nothing", async () => {
    const scene = await wireStage();
    scene.fal.control.next({ outcome: "never", cancel: "ignored" });
    const { id, avatarId } = await scene.ordered();
    await scene.untilStatus(id, "submitted");
    const cancelled = await valueOf(scene.likeness.trainings.cancel({ actor: owner, avatarId }));
    expect(cancelled.type).toBe("cancelled");
    const requestId = scene.fal.control.accepted()[0]?.requestId ?? "";
    await scene.fal.control.finish(requestId, "ok");
    await scene.until(async () => "lateOutcome" in (await scene.training(id)).state);
    expect((await scene.training(id)).state.status).toBe("cancelled");
    expect(scene.messages).toStrictEqual([]);
  });
});
