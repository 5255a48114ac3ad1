import { secondsBetween, type StorageFailure, type SubmitError, type Provider } from "@likeness/core";
import { errAsync, fromSafePromise, ok, type Result } from "neverthrow";
import { describe, expect, it } from "vitest";
import { closedGate } from "../contracts/gate.ts";
import { fakeProvider } from "../fakes/fake-provider.ts";
import { valueOf } from "../results/value-of.ts";
import { openOrderStage, type OrderStage } from "./order-stage.ts";
import type { CreateStorage } from "./stage.ts";
import type { TestedKind } from "./tested-kind.ts";

const unconfirmed: SubmitError = { type: "submit-unconfirmed", detail: "timeout" };
const refused: SubmitError = { type: "submit-refused", status: 422, detail: "steps: must be positive" };
const deferred: SubmitError = { type: "submit-deferred", detail: "429", retryAfterSeconds: 60 };

/** The one paid request when its process is asked to stop. */
export function describeStopping(create: CreateStorage, kind: TestedKind): void {
  describe("stopping", () => {
    it("waits for the answer to a paid request and notes it, whatever the grace", async () => {
      const { stage, post } = await held(create, kind);
      const { ordered, untilStatus, time, provider, order } = stage;
      const { id } = await ordered();
      await untilStatus(id, "submitting");
      const stop = stopping(stage, 0);
      await time.pass(20);
      expect([stop.outcome(), (await order(id)).state.status]).toStrictEqual([undefined, "submitting"]);
      post.open();
      await time.until("it has stopped", () => stop.outcome() !== undefined);
      expect(stop.outcome()).toStrictEqual(ok(undefined));
      expect((await order(id)).state).toMatchObject({ status: "submitted", request: provider.requests[0] });
    });

    it.each([
      [unconfirmed, "unknown"],
      [refused, "failed"],
      [deferred, "requested"],
    ] as const)("notes $type, too", async (answer, status) => {
      const { stage, post } = await held(create, kind, answer);
      const { ordered, untilStatus, time, order } = stage;
      const { id } = await ordered();
      await untilStatus(id, "submitting");
      const stop = stopping(stage, 0);
      await time.pass(10);
      expect(stop.outcome()).toBeUndefined();
      post.open();
      await time.until("it has stopped", () => stop.outcome() !== undefined);
      expect((await order(id)).state.status).toBe(status);
    });

    it("waits for every paid request under way", async () => {
      const posts = [closedGate(), closedGate()] as const;
      const inner = fakeProvider();
      posts.forEach(({ passed }) => inner.answerNextSubmit("accept", () => passed));
      const stage = await openOrderStage(create, kind, { provider: inner });
      const { ordered, untilStatus, time, order } = stage;
      const ids = [(await ordered()).id, (await ordered()).id];
      for (const id of ids) await untilStatus(id, "submitting");
      const stop = stopping(stage, 1_000);
      posts[1].open();
      await time.pass(10);
      expect(stop.outcome()).toBeUndefined();
      posts[0].open();
      await time.until("it has stopped", () => stop.outcome() !== undefined);
      for (const id of ids) expect((await order(id)).state.status).toBe("submitted");
    });

    it("does not wait for ever for a provider that never answers", async () => {
      const { stage } = await held(create, kind, undefined, { submitTimeoutSeconds: 7 });
      const { ordered, untilStatus, time } = stage;
      const { id } = await ordered();
      await untilStatus(id, "submitting");
      const begun = time.clock.now();
      const stop = stopping(stage, 0);
      await time.until("it has stopped", () => stop.outcome() !== undefined);
      expect(secondsBetween(begun, time.clock.now())).toBeGreaterThanOrEqual(6);
      expect(secondsBetween(begun, time.clock.now())).toBeLessThan(14);
    });

    it("is over at once when no paid request is under way", async () => {
      const stage = await openOrderStage(create, kind);
      await stage.submitted();
      const begun = stage.time.clock.now();
      expect(await valueOf(stage.likeness.stop({ graceMs: 0 }))).toBeUndefined();
      expect(stage.time.clock.now()).toBe(begun);
    });
  });
}

/** A stage whose provider answers the paid request when the test allows it. */
async function held(create: CreateStorage, kind: TestedKind, answer?: SubmitError, policy = {}) {
  const post = closedGate();
  const inner = fakeProvider();
  if (!answer) inner.answerNextSubmit("accept", () => post.passed);
  const submit: Provider["submit"] = (submission) =>
    answer ? fromSafePromise(post.passed).andThen(() => errAsync(answer)) : inner.submit(submission);
  const stage = await openOrderStage(create, kind, { provider: { ...inner, submit }, policy });
  return { stage: { ...stage, provider: inner }, post };
}

/** Calls `stop`, and returns its outcome once there is one. */
function stopping({ likeness }: OrderStage, graceMs: number) {
  let outcome: Result<void, StorageFailure> | undefined;
  void likeness.stop({ graceMs }).then((ended) => (outcome = ended));
  return { outcome: () => outcome };
}
