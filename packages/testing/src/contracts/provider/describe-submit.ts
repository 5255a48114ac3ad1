import { describe, expect, it } from "vitest";
import type { SubmitError, Order } from "@likeness/core";
import { ok } from "neverthrow";
import { valueOf } from "../../results/value-of.ts";
import { accepted, preparedOrder, type CreateForKind, type ScriptedSubmit } from "./subject.ts";

const answers: [ScriptedSubmit, SubmitError["type"]][] = [
  ["refused", "submit-refused"],
  ["deferred", "submit-deferred"],
  ["lost", "submit-unconfirmed"],
  ["unconfirmed", "submit-unconfirmed"],
];

const unconfirmed = (order: Order): Order => {
  if (order.state.status !== "submitting") throw new Error("only a submit under way can be lost");
  return { ...order, state: { ...order.state, status: "unknown" } };
};

export function describeSubmit(create: CreateForKind): void {
  describe("submit", () => {
    it("sends one request and returns its handle", async () => {
      const subject = await create();
      const submission = await preparedOrder(subject);
      const request = await valueOf(subject.provider.submit(submission));
      expect(request.requestId).not.toBe("");
      expect(await subject.control.submits()).toBe(1);
    });

    it("takes the address to report to", async () => {
      const subject = await create();
      const submission = await preparedOrder(subject);
      const webhookUrl = "https://likeness.example/hook?order=1&token=a-b_c";
      expect((await subject.provider.submit({ ...submission, webhookUrl })).isOk()).toBe(true);
      expect(await subject.control.submits()).toBe(1);
    });

    it.each(answers)("that is %s ends as %s after exactly one request", async (answer, type) => {
      const subject = await create();
      const submission = await preparedOrder(subject);
      await subject.control.answerNextSubmit(answer);
      const result = await subject.provider.submit(submission);
      expect(result).toMatchObject({ error: { type, detail: expect.any(String) } });
      expect(await subject.control.submits()).toBe(1);
    });

    it("tells the status of a refusal", async () => {
      const subject = await create();
      const submission = await preparedOrder(subject);
      await subject.control.answerNextSubmit("refused");
      const error = (await subject.provider.submit(submission)).match(
        () => undefined,
        (refusal) => refusal,
      );
      const status = error?.type === "submit-refused" ? error.status : 0;
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    });

    it("can be found when the answer was lost, and then be followed, where the provider can search", async () => {
      const subject = await create();
      const { provider, control, clock } = subject;
      const other = await preparedOrder(subject);
      await valueOf(provider.submit(other));
      const submission = await preparedOrder(subject);
      await control.answerNextSubmit("unconfirmed");
      expect((await provider.submit(submission)).isErr()).toBe(true);

      if (!provider.find) return;
      const found = await valueOf(provider.find(unconfirmed(submission.order)));
      if (!found) throw new Error("the request was not found");
      const { requestId } = found;
      const order = accepted(submission.order, found, clock);
      await control.move(requestId, "running");
      expect(await provider.look(order)).toMatchObject({ value: { type: "running", requestId } });
      expect(await valueOf(provider.find(unconfirmed(other.order)))).not.toMatchObject({ requestId });
      expect(await control.submits()).toBe(2);
    });

    it("cannot be found when it never arrived", async () => {
      const subject = await create();
      await valueOf(subject.provider.submit(await preparedOrder(subject)));
      const submission = await preparedOrder(subject);
      await subject.control.answerNextSubmit("lost");
      expect((await subject.provider.submit(submission)).isErr()).toBe(true);
      const { find } = subject.provider;
      expect(await find?.(unconfirmed(submission.order))).toStrictEqual(find && ok(undefined));
    });
  });
}
