import { describe, expect, it } from "vitest";
import { err, ok } from "neverthrow";
import { acceptedTraining, strangeTraining, type CreateTrainingProvider } from "./subject.ts";

const notFound = err({ type: "request-not-found" });

export function describeRequests(create: CreateTrainingProvider): void {
  describe("an accepted request", () => {
    it("goes from queued to running to finished", async () => {
      const subject = await create();
      const { provider, control } = subject;
      const { training, request } = await acceptedTraining(subject);
      const { requestId } = request;
      for (const status of ["queued", "running"] as const) {
        await control.move(requestId, status);
        expect(await provider.status(training)).toMatchObject(ok({ type: status, requestId }));
        expect(await provider.result(training)).toMatchObject(ok({ type: "running", requestId }));
      }
      await control.move(requestId, "succeeded");
      expect(await provider.status(training)).toMatchObject(ok({ type: "finished", requestId }));
    });

    it("ends with a model", async () => {
      const subject = await create();
      const { training, request } = await acceptedTraining(subject);
      await subject.control.move(request.requestId, "succeeded");
      const ending = await subject.provider.result(training);
      const weights = { url: expect.stringMatching(/^https?:\/\//) };
      expect(ending).toMatchObject(ok({ type: "succeeded", requestId: request.requestId, model: { weights } }));
      // A second call returns the same.
      expect(await subject.provider.result(training)).toStrictEqual(ending);
    });

    it("ends with a failure", async () => {
      const subject = await create();
      const { training, request } = await acceptedTraining(subject);
      const { requestId } = request;
      await subject.control.move(requestId, "failed");
      expect(await subject.provider.status(training)).toStrictEqual(ok({ type: "finished", requestId }));
      const detail = expect.stringMatching(/./);
      expect(await subject.provider.result(training)).toStrictEqual(ok({ type: "failed", requestId, detail }));
    });

    it.each(["queued", "running"] as const)("can be cancelled while it is %s", async (status) => {
      const subject = await create();
      const { training, request } = await acceptedTraining(subject);
      await subject.control.move(request.requestId, status);
      expect(await subject.provider.cancel(training)).toStrictEqual(ok("requested"));
    });

    it.each(["succeeded", "failed"] as const)("cannot be cancelled any more once it has %s", async (status) => {
      const subject = await create();
      const { training, request } = await acceptedTraining(subject);
      await subject.control.move(request.requestId, status);
      expect(await subject.provider.cancel(training)).toStrictEqual(ok("too-late"));
    });

    it("is not mistaken for another one", async () => {
      const subject = await create();
      const { provider, control } = subject;
      const [left, right] = [await acceptedTraining(subject), await acceptedTraining(subject)];
      await control.move(left.request.requestId, "running");
      await control.move(right.request.requestId, "failed");
      expect(await provider.status(left.training)).toMatchObject(ok({ type: "running" }));
      expect(await provider.result(right.training)).toMatchObject(
        ok({ type: "failed", requestId: right.request.requestId }),
      );
    });

    it("is erased once it has ended, and then is erased already, where the provider can erase", async () => {
      const subject = await create();
      const { provider, control } = subject;
      const { training, request } = await acceptedTraining(subject);
      const { endpoint, archiveField } = training.snapshot;
      await control.move(request.requestId, "succeeded");
      const erase = () => provider.erase?.({ trainingId: training.id, endpoint, archiveField, ...request });
      const done = provider.erase && ok(undefined);
      expect(await erase()).toStrictEqual(done);
      expect((await provider.result(training)).isOk()).toBe(provider.erase === undefined);
      expect(await erase()).toStrictEqual(done);
    });

    it("is not found when nobody ever made it", async () => {
      const subject = await create();
      const training = await strangeTraining(subject);
      expect(await subject.provider.status(training)).toStrictEqual(notFound);
      expect(await subject.provider.result(training)).toStrictEqual(notFound);
      expect(await subject.provider.cancel(training)).toStrictEqual(notFound);
    });
  });
}
