import { secondsBetween, type SubmitError, type OrderEvent, type Provider } from "@likeness/core";
import { errAsync, fromSafePromise, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { closedGate } from "../contracts/gate.ts";
import { fakeProvider } from "../fakes/fake-provider.ts";
import { valueOf } from "../results/value-of.ts";
import { losingJobs } from "./losing-jobs.ts";
import { runJob } from "./run-job.ts";
import { idsIn } from "./expect-ids.ts";
import { openOrderStage } from "./order-stage.ts";
import { expectInvariants, type CreateStorage } from "./stage.ts";
import type { TestedKind } from "./tested-kind.ts";

const unconfirmed: SubmitError = { type: "submit-unconfirmed", detail: "status 500" };
const deferred: SubmitError = { type: "submit-deferred", detail: "429", retryAfterSeconds: 60 };
const refused: SubmitError = { type: "submit-refused", status: 422, detail: "steps: must be positive" };

const running: OrderEvent = { type: "running", requestId: "r-1", percent: 5 };

/** The answer to the one POST arrives late. */
export function describeLateAnswers(create: CreateStorage, kind: TestedKind): void {
  describe("late answers", () => {
    it("looks for an order when its answer is overdue, and not before", async () => {
      const { provider, held, post } = heldSubmit();
      const list = closedGate();
      const find: Provider["find"] = (order) => fromSafePromise(list.passed).andThen(() => provider.find(order));
      const stage = await openOrderStage(create, kind, { provider: { ...held, find } });
      const { ordered, untilStatus, time, order } = stage;
      const { id } = await ordered();
      await untilStatus(id, "submitting");
      const begun = time.clock.now();
      await time.pass(49);
      expect((await order(id)).state.status).toBe("submitting");
      await untilStatus(id, "unknown");
      expect(secondsBetween(begun, time.clock.now())).toBeLessThan(55);
      list.open();
      expect((await untilStatus(id, "submitted")).state).toMatchObject({ request: provider.requests[0] });
      post.open();
      await time.pass(5);
      expect(provider.submissions).toHaveLength(1);
      await expectInvariants(stage);
    });

    it("leaves an order alone whose answer is not overdue", async () => {
      const { provider, held, post } = heldSubmit();
      const stage = await openOrderStage(create, kind, { provider: held });
      const { ordered, untilStatus, time, order, likeness, notifier } = stage;
      const { id } = await ordered();
      await untilStatus(id, "submitting");
      await time.pass(10);
      await valueOf(likeness.operator.look({ operator: "olga", orderId: id }));
      expect((await order(id)).state.status).toBe("submitting");
      post.open();
      await untilStatus(id, "submitted");
      expect(provider.calls).not.toContain("find");
      expect(notifier.attempts).toStrictEqual([]);
      await expectInvariants(stage);
    });

    it.each([deferred, unconfirmed, refused])("is not misled by $type when news came first", async (answer) => {
      const { provider, held, post } = heldSubmit(answer);
      const stage = await openOrderStage(
        losingJobs(create, ({ kind: job }) => job === "order.submit"),
        kind,
        { provider: held },
      );
      const { ordered, untilStatus, deliver, time, order, notifier } = stage;
      const { id } = await ordered();
      const submitting = runJob(stage, "order.submit", { orderId: id });
      await untilStatus(id, "submitting");
      await deliver(id, running);
      await untilStatus(id, "submitted");
      post.open();
      expect((await submitting).isOk()).toBe(true);
      await time.pass(90);
      expect((await order(id)).state).toMatchObject({ status: "submitted", request: { requestId: "r-1" } });
      expect(provider.submissions).toHaveLength(1);
      expect(notifier.attempts).toStrictEqual([]);
    });

    it("sounds an alarm when the answer names another request than the news did", async () => {
      const { provider, held, post } = heldSubmit();
      const stage = await openOrderStage(create, kind, { provider: held });
      const { ordered, untilStatus, deliver, time, order, log } = stage;
      const { id } = await ordered();
      await untilStatus(id, "submitting");
      await deliver(id, running);
      await untilStatus(id, "submitted");
      post.open();
      const message = "the provider has two requests for one order";
      await time.until("the alarm", () => log.entries.some((entry) => entry.message === message));
      const fields = { ...idsIn(await order(id)), otherRequestId: provider.requests[0]?.requestId };
      expect(log.entries).toContainEqual({ level: "error", fields, message });
      expect((await order(id)).state).toMatchObject({ request: { requestId: "r-1" } });
      expect(provider.submissions).toHaveLength(1);
    });

    it("keeps the request of an order that was given up before its answer came", async () => {
      const { provider, held, post } = heldSubmit();
      const stage = await openOrderStage(create, kind, { provider: { ...held, find: () => okAsync(undefined) } });
      const { ordered, untilStatus, time, order, log } = stage;
      const { id } = await ordered();
      await untilStatus(id, "failed");
      post.open();
      const [request] = provider.requests;
      await time.until("the request is kept", async () => "request" in (await order(id)).state);
      expect((await order(id)).state).toMatchObject({ status: "failed", reason: "submit_unknown", request });
      expect(log.entries).toContainEqual({
        level: "error",
        fields: { ...idsIn(await order(id)), status: "failed" },
        message: "the provider accepted an order that was given up",
      });
    });

    it("does not give up what is adopted during the last look for it", async () => {
      const looked = closedGate();
      const found = closedGate();
      let last = (_deadline: string): boolean => false;
      const provider = fakeProvider();
      const find: Provider["find"] = ({ deadlineAt }) => {
        if (!last(deadlineAt ?? "")) return okAsync(undefined);
        looked.open();
        return fromSafePromise(found.passed).map(() => undefined);
      };
      const stage = await openOrderStage(create, kind, { provider: { ...provider, find } });
      const { ordered, untilStatus, deliver, time, likeness } = stage;
      last = (deadline) => deadline <= time.clock.now();
      provider.answerNextSubmit(unconfirmed);
      const { id } = await ordered();
      await untilStatus(id, "unknown");
      await time.pass(290);
      let isLast = false;
      void looked.passed.then(() => (isLast = true));
      await time.until("the last look", () => isLast);
      await deliver(id, running);
      await untilStatus(id, "submitted");
      found.open();
      const looking = await valueOf(likeness.operator.look({ operator: "olga", orderId: id }));
      expect(looking.order.status).toBe("submitted");
      await time.pass(30);
      expect((await stage.order(id)).state.status).toBe("submitted");
    });
  });
}

/** A provider that accepts an order but answers only when the test allows it: with that error, or as usual. */
function heldSubmit(answer?: SubmitError) {
  const post = closedGate();
  const provider = fakeProvider();
  if (!answer) provider.answerNextSubmit("accept", () => post.passed);
  const submit: Provider["submit"] = (submission) =>
    provider.submit(submission).andThen(() => fromSafePromise(post.passed).andThen(() => errAsync(answer ?? refused)));
  return { provider, held: answer ? { ...provider, submit } : provider, post };
}
