import type { SubmitError, OrderEvent, Provider } from "@likeness/core";
import { fromSafePromise } from "neverthrow";
import { describe, expect, it } from "vitest";
import { closedGate } from "../contracts/gate.ts";
import { fakeProvider } from "../fakes/fake-provider.ts";
import { aModel } from "../fixtures/model.ts";
import { alarmsOf, expectInvariants, stage, type CreateStorage } from "./stage.ts";

const unconfirmed: SubmitError = { type: "submit-unconfirmed", detail: "status 500" };
const deferred: SubmitError = { type: "submit-deferred", detail: "429", retryAfterSeconds: 60 };

const running: OrderEvent = { type: "running", requestId: "r-1", percent: 5 };
const progress: OrderEvent[] = [{ type: "queued", requestId: "r-1", position: 2 }, running];

/** Events that arrive before the training's row says that the provider has accepted it. */
export function describeAdopting(create: CreateStorage): void {
  describe("adopting", () => {
    it("takes news of what it was told to send later as proof, and does not send it again", async () => {
      const scene = await stage(create);
      const { provider, ordered, untilStatus, deliver, time, training } = scene;
      provider.answerNextSubmit(deferred);
      const { id } = await ordered();
      await time.until("it is put off", async () => {
        const { state } = await training(id);
        return state.status === "requested" && state.prepared !== undefined;
      });
      await deliver(id, running);
      expect((await untilStatus(id, "submitted")).state).toMatchObject({ request: { requestId: "r-1" } });
      await time.pass(120);
      expect((await training(id)).state.status).toBe("submitted");
      expect(provider.submissions).toHaveLength(1);
      expect(alarmsOf(scene)).toStrictEqual([]);
      await expectInvariants(scene);
    });

    it.each(progress)("adopts a training of which $type is the only trace", async (event) => {
      const scene = await stage(create);
      const { provider, ordered, untilStatus, deliver } = scene;
      provider.answerNextSubmit(unconfirmed);
      const { id } = await ordered();
      await untilStatus(id, "unknown");
      await deliver(id, event);
      expect((await untilStatus(id, "submitted")).state).toMatchObject({ request: { requestId: "r-1" } });
      expect(provider.submissions).toHaveLength(1);
      await expectInvariants(scene);
    });

    it("does not believe news of a training that was never uploaded", async () => {
      const upload = closedGate();
      const provider = fakeProvider();
      const held: Provider = {
        ...provider,
        prepare: (order, archive) => fromSafePromise(upload.passed).andThen(() => provider.prepare(order, archive)),
      };
      const scene = await stage(create, { provider: held });
      const { ordered, untilStatus, untilSettled, deliver, training } = scene;
      const { id } = await ordered();
      await deliver(id, { type: "succeeded", requestId: "r-1", outcome: aModel() });
      await untilSettled();
      expect((await training(id)).state).toStrictEqual({ status: "requested" });
      expect(alarmsOf(scene)).toStrictEqual([expect.stringContaining("names another request")]);
      upload.open();
      expect((await untilStatus(id, "submitted")).state).toMatchObject({ request: provider.requests[0] });
      expect(provider.submissions).toHaveLength(1);
    });
  });
}
