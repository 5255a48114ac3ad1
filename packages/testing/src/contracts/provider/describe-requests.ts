import { describe, expect, it } from "vitest";
import type { OrderTrace, ProviderError } from "@likeness/core";
import { err, ok, type Result, type ResultAsync } from "neverthrow";
import { acceptedOrder, mainFileOf, strangeOrder, type CreateForKind, type KindSubject } from "./subject.ts";

const partly = err({ type: "provider-refused", status: expect.any(Number), detail: expect.stringMatching(/./) });

/** Asks again as late as the provider wants, like the core. */
async function erasedAtLast(
  { control }: KindSubject,
  erase: () => ResultAsync<void, ProviderError>,
): Promise<Result<void, ProviderError>> {
  const answer = await erase();
  if (answer.isOk() || answer.error.type !== "provider-unavailable" || !control.pass) return answer;
  await control.pass(answer.error.retryAfterSeconds ?? 0);
  return erase();
}

const notFound = err({ type: "request-not-found" });

export function describeRequests(create: CreateForKind): void {
  describe("an accepted request", () => {
    it("goes from queued to running to succeeded", async () => {
      const subject = await create();
      const { provider, control } = subject;
      const { order, request } = await acceptedOrder(subject);
      const { requestId } = request;
      for (const status of ["queued", "running"] as const) {
        await control.move(requestId, status);
        expect(await provider.look(order)).toMatchObject({ value: { type: status, requestId } });
      }
      await control.move(requestId, "succeeded");
      expect(await provider.look(order)).toMatchObject({ value: { type: "succeeded", requestId } });
    });

    it("ends with an outcome", async () => {
      const subject = await create();
      const { order, request } = await acceptedOrder(subject);
      await subject.control.move(request.requestId, "succeeded");
      const ending = await subject.provider.look(order);
      const file = { url: expect.stringMatching(/^https?:\/\//) };
      expect(ending).toMatchObject({
        value: { type: "succeeded", requestId: request.requestId, outcome: { [mainFileOf[subject.kind]]: file } },
      });
      // A second call returns the same.
      expect(await subject.provider.look(order)).toStrictEqual(ending);
    });

    it("ends with a failure", async () => {
      const subject = await create();
      const { order, request } = await acceptedOrder(subject);
      const { requestId } = request;
      await subject.control.move(requestId, "failed");
      const detail = expect.stringMatching(/./);
      expect(await subject.provider.look(order)).toStrictEqual(ok({ type: "failed", requestId, detail }));
    });

    it.each(["queued", "running"] as const)(
      "can be cancelled while it is %s, where the provider can cancel",
      async (status) => {
        const subject = await create();
        const { order, request } = await acceptedOrder(subject);
        await subject.control.move(request.requestId, status);
        const { provider } = subject;
        expect(await provider.cancel?.(order)).toStrictEqual(provider.cancel && ok("requested"));
      },
    );

    it.each(["succeeded", "failed"] as const)("cannot be cancelled any more once it has %s", async (status) => {
      const subject = await create();
      const { order, request } = await acceptedOrder(subject);
      await subject.control.move(request.requestId, status);
      const { provider } = subject;
      expect(await provider.cancel?.(order)).toStrictEqual(provider.cancel && ok("too-late"));
    });

    it("is not mistaken for another one", async () => {
      const subject = await create();
      const { provider, control } = subject;
      const [left, right] = [await acceptedOrder(subject), await acceptedOrder(subject)];
      await control.move(left.request.requestId, "running");
      await control.move(right.request.requestId, "failed");
      expect(await provider.look(left.order)).toMatchObject({ value: { type: "running" } });
      expect(await provider.look(right.order)).toMatchObject(
        ok({ type: "failed", requestId: right.request.requestId }),
      );
    });

    it("is erased once it has ended, and then is erased already, where the provider can erase", async () => {
      const subject = await create();
      const { provider, control } = subject;
      const { order, request } = await acceptedOrder(subject);
      const { endpoint } = order.snapshot;
      await control.move(request.requestId, "succeeded");
      const { erase } = provider;
      if (!erase) return;
      const trace: OrderTrace = { orderId: order.id, endpoint, ...request };
      const erased = await erasedAtLast(subject, () => erase(trace));
      if (erased.isErr()) expect([provider.erasesPart, erased]).toStrictEqual([true, partly]);
      expect((await provider.look(order)).isOk()).toBe(erased.isErr());
      expect(await erase(trace)).toStrictEqual(erased);
    });

    it("is not found when it was never made", async () => {
      const subject = await create();
      const order = await strangeOrder(subject);
      expect(await subject.provider.look(order)).toStrictEqual(notFound);
      const { provider } = subject;
      expect(await provider.cancel?.(order)).toStrictEqual(provider.cancel && notFound);
    });
  });
}
