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

describe("when fal answers the submit with", { timeout: 300_000 }, () => {
  it.each(troubles)("%s", async (_name, behaviour, outcome, expectedPosts, told) => {
    const stage = await wireStage();
    stage.fal.control.next(behaviour);
    const { id, avatarId } = await stage.ordered();
    const training = await stage.untilStatus(id, outcome.status as "succeeded" | "failed");
    expect(training.state).toMatchObject(outcome);
    await stage.until(() => stage.messages.length >= told.length);
    expect(stage.messages.map(({ content }) => content.template)).toStrictEqual(told);
    expect(posts(stage)).toBe(expectedPosts);
    expect(stage.fal.control.accepted().length).toBeLessThanOrEqual(1);
    const [overview] = await valueOf(stage.likeness.avatars.list({ actor: owner }));
    expect(overview?.avatar).toMatchObject({
      id: avatarId,
      state: { status: outcome.status === "succeeded" ? "ready" : "failed" },
    });
  });

  it("acceptance, but two people press start at once: one training, one POST", async () => {
    const stage = await wireStage();
    const { id: avatarId } = await stage.draft();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => stage.likeness.trainings.start({ actor: owner, avatarId })),
    );
    const [started] = answers.flatMap((answer) => (answer.isOk() ? [answer.value] : []));
    expect(answers.filter((answer) => answer.isOk())).toHaveLength(1);
    await stage.untilStatus(started?.id ?? "", "succeeded");
    expect([posts(stage), stage.fal.control.accepted().length]).toStrictEqual([1, 1]);
  });
});

describe("when a training", { timeout: 300_000 }, () => {
  it("ends with an error at fal, its owner learns why", async () => {
    const stage = await wireStage();
    stage.fal.control.next({ outcome: "error" });
    const { id } = await stage.ordered();
    const { state } = await stage.untilStatus(id, "failed");
    expect(state).toMatchObject({ reason: "provider_error", detail: expect.stringMatching(/./) });
    await stage.until(() => stage.messages.length === 1);
    expect(stage.messages[0]?.content).toStrictEqual({ template: "training-failed", reason: "provider_error" });
  });

  it("succeeds without a payload in the webhook, the result is fetched", async () => {
    const stage = await wireStage();
    stage.fal.control.next({ outcome: "ok-without-payload" });
    const { id } = await stage.ordered();
    expect((await stage.untilStatus(id, "succeeded")).state).toMatchObject({
      outcome: { weights: { url: expect.any(String) } },
    });
  });

  it.each<[string, FalFakeBehaviour]>([
    ["ends", {}],
    ["ends without a webhook", { webhook: "lost" }],
    ["is over before its lost request is found", { submit: "drop-after-accepting", webhook: "lost" }],
  ])("%s, what counts is the time that fal says it ran", async (_name, behaviour) => {
    const stage = await wireStage();
    stage.fal.control.next({ trainingSeconds: 0.5, ...behaviour });
    const { id } = await stage.ordered();
    await stage.untilStatus(id, "succeeded");
    await stage.until(async () => (await stage.training(id)).nextCheckAt === undefined);
    const { state } = await stage.training(id);
    const ranSeconds = state.status === "succeeded" ? state.ranSeconds : undefined;
    expect(ranSeconds).toBeGreaterThan(0.4);
    expect(ranSeconds).toBeLessThan(5);
  });

  it("succeeds, the weights are copied before the owner is told", async () => {
    const stage = await wireStage();
    const { id } = await stage.ordered();
    await stage.until(() => stage.messages.length === 1);
    const { state } = await stage.training(id);
    expect(state).toMatchObject({
      status: "succeeded",
      outcome: {
        weights: { blobKey: expect.stringMatching(/^[0-9a-f]{64}$/) },
        config: { blobKey: expect.any(String) },
      },
    });
    const names = (await stage.blobs()).map((name) => name.slice(-64));
    expect(names).toContain(state.status === "succeeded" ? state.outcome.weights.blobKey : "");
  });

  it("is cancelled, fal is told, and what fal reports afterwards changes nothing", async () => {
    const stage = await wireStage();
    stage.fal.control.next({ outcome: "never", cancel: "ignored" });
    const { id, avatarId } = await stage.ordered();
    await stage.untilStatus(id, "submitted");
    const cancelled = await valueOf(stage.likeness.trainings.cancel({ actor: owner, avatarId }));
    expect(cancelled.type).toBe("cancelled");
    const requestId = stage.fal.control.accepted()[0]?.requestId ?? "";
    await stage.fal.control.finish(requestId, "ok");
    await stage.until(async () => "lateOutcome" in (await stage.training(id)).state);
    expect((await stage.training(id)).state.status).toBe("cancelled");
    expect(stage.messages).toStrictEqual([]);
  });
});
