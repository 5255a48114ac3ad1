import {
  addSeconds,
  isTraining,
  jobKinds,
  requestOf,
  type BlobFailure,
  type BlobStore,
  type Model,
  type Training,
} from "@likeness/core";
import { err, ok, ResultAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { fakeProvider } from "../fakes/fake-provider.ts";
import { memoryBlobStore } from "../fakes/memory-blob-store.ts";
import { aModel } from "../fixtures/model.ts";
import { photoBytes } from "../fixtures/photo-bytes.ts";
import { aPrepared } from "../fixtures/training.ts";
import { valueOf } from "../results/value-of.ts";
import { runJob } from "./run-job.ts";
import { endOfTime, expectInvariants, owner, photoLimits, stage, type CreateStorage, type Stage } from "./stage.ts";

const erase = ({ likeness }: Stage, { avatarId }: Training) => likeness.avatars.erase({ actor: owner, avatarId });

/** A training that is over, with nothing left to do. */
async function trained(scene: Stage, model: Model): Promise<Training> {
  const { submitted, provider, untilStatus } = scene;
  const { training, request } = await submitted();
  provider.report(request.requestId, { type: "succeeded", outcome: model });
  await untilStatus(training.id, "succeeded");
  return finished(scene, training);
}

async function finished({ time, training: trainingOf }: Stage, { id }: Training): Promise<Training> {
  await time.until("nothing is left to do", async () => (await trainingOf(id)).nextCheckAt === undefined);
  return trainingOf(id);
}

export function describeErasing(create: CreateStorage): void {
  describe("erasing", () => {
    it("refuses a stranger before anything is cancelled", async () => {
      const scene = await stage(create);
      const { submitted, provider, likeness, training: trainingOf } = scene;
      const { training } = await submitted();
      const { avatarId } = training;
      expect(await likeness.avatars.erase({ actor: "owner:2", avatarId })).toStrictEqual(
        err({ type: "avatar-not-found", avatarId }),
      );
      expect(provider.calls).not.toContain("cancel");
      expect((await trainingOf(training.id)).state.status).toBe("submitted");
    });

    it("calls back a request that was accepted while its avatar was erased", async () => {
      const scene = await stage(create);
      const { ordered, provider, time, log, store } = scene;
      let erased = false;
      provider.answerNextSubmit("accept", async () => {
        const training = provider.submissions[0]?.order;
        erased = isTraining(training) && (await erase(scene, training)).isOk();
      });
      const { id } = await ordered();
      await time.until("the provider is told to stop", () => provider.calls.includes("cancel"));
      await time.until("it is erased there", () => provider.erased.some(({ requestId }) => requestId !== undefined));
      expect(erased).toBe(true);
      expect(await valueOf(store.orders.find(id))).toBeUndefined();
      expect(log.entries.filter(({ level }) => level === "error")).toHaveLength(1);
      await expectInvariants(scene);
    });

    it("leaves nothing of what deliveries said about it, and nothing of those that come later", async () => {
      const scene = await stage(create);
      const { submitted, deliver, untilSettled, receiver, store } = scene;
      const { training, request } = await submitted();
      const running = (percent: number) => ({ type: "running", requestId: request.requestId, percent }) as const;
      const known = async () => (await Promise.all(ids.map((id) => valueOf(store.inbox.find(id))))).filter(Boolean);
      const ids: string[] = [];
      const note = async () => {
        for (const { id } of await valueOf(store.inbox.unsettledBefore(endOfTime, 10))) ids.push(id);
      };
      await deliver(training.id, running(10));
      await note();
      await untilSettled();
      expect(await known()).toMatchObject([{ outcome: "applied", headers: {}, body: new Uint8Array() }]);
      receiver.setKeysAvailable(false);
      await deliver(training.id, running(20));
      await note();
      expect(await known()).toHaveLength(2);

      await valueOf(erase(scene, training));
      expect(await known()).toStrictEqual([]);
      expect(await deliver(training.id, running(30))).toStrictEqual(
        err({ type: "webhook-deferred", reason: "unknown-order" }),
      );
      receiver.setKeysAvailable(true);
      await deliver(training.id, { type: "succeeded", requestId: request.requestId, outcome: aModel() });
      await note();
      await untilSettled();
      expect(await known()).toMatchObject([{ outcome: "unknown_order", headers: {}, body: new Uint8Array() }]);
      await expectInvariants(scene);
    });

    it("cancels a training under way and gives its credits back", async () => {
      const scene = await stage(create);
      const { submitted, provider, credits, time, blobs, avatar, notifier } = scene;
      const { training } = await submitted();
      await valueOf(erase(scene, training));
      expect(provider.calls).toContain("cancel");
      expect(await avatar(training.avatarId)).toBeUndefined();
      await time.until("the credits are back", () => credits.lastOf(training.id) === "release");
      await time.until("its bytes are gone", () => blobs.blobs.size === 0);
      await time.pass(60);
      expect(notifier.attempts).toStrictEqual([]);
      expect(credits.calls.filter(({ method }) => method === "capture")).toStrictEqual([]);
      await expectInvariants(scene);
    });

    it("erases a training that could not be cancelled all the same", async () => {
      const scene = await stage(create);
      const { submitted, provider, avatar } = scene;
      const { training } = await submitted();
      provider.failNext("cancel", { type: "provider-unavailable", detail: "503" });
      await valueOf(erase(scene, training));
      expect(await avatar(training.avatarId)).toBeUndefined();
      await expectInvariants(scene);
    });

    it("asks the provider once to erase what it keeps of every training, when it can", async () => {
      const scene = await stage(create);
      const { provider, time, likeness, untilStatus, log, store } = scene;
      const first = await trained(scene, aModel());
      const again = await valueOf(likeness.trainings.start({ actor: owner, avatarId: first.avatarId }));
      const second = await untilStatus(again.id, "submitted");
      provider.failNext("erase", { type: "provider-unavailable", detail: "503" });
      await valueOf(erase(scene, second));
      await time.until("both are erased", () => provider.erased.length === 2);
      await time.pass(120);
      expect(new Set(provider.erased.map(({ orderId }) => orderId))).toStrictEqual(new Set([first.id, second.id]));
      expect(provider.erased).toHaveLength(2);
      const trace = provider.erased.find(({ orderId }) => orderId === second.id);
      expect(trace).toMatchObject({
        endpoint: second.snapshot.endpoint,
        prepared: aPrepared(`https://files.example/${second.id}`),
        requestId: requestOf(second)?.requestId,
      });
      expect(await runJob(scene, jobKinds.eraseOrder, JSON.parse(JSON.stringify(trace)))).toMatchObject({
        value: { type: "done" },
      });
      expect(log.entries.filter(({ level }) => level === "error")).toStrictEqual([]);
      expect(await valueOf(store.orders.find(second.id))).toBeUndefined();
      await expectInvariants(scene);
    });

    it("takes the provider's refusal to erase for an answer, and says so once", async () => {
      const scene = await stage(create);
      const { submitted, provider, time, log } = scene;
      const { training } = await submitted();
      provider.failNext("erase", { type: "provider-refused", status: 403, detail: "not an admin's key" });
      await valueOf(erase(scene, training));
      const said = () => log.entries.filter(({ fields }) => fields.detail === "not an admin's key");
      await time.until("it was refused", () => said().length > 0);
      await time.pass(120);
      expect(said()).toMatchObject([{ level: "warn", fields: { orderId: training.id, status: 403 } }]);
      expect(provider.calls.filter((method) => method === "erase")).toHaveLength(1);
      await expectInvariants(scene);
    });

    it("asks no longer than until the deadline, and says then whose training the provider keeps", async () => {
      const scene = await stage(create, { policy: { erasureDeadlineSeconds: 100 } });
      const { submitted, provider, time, log } = scene;
      const { training, request } = await submitted();
      const running = { type: "provider-unavailable", detail: "it runs still", retryAfterSeconds: 60 } as const;
      for (let count = 0; count < 9; count++) provider.failNext("erase", running);
      await valueOf(erase(scene, training));
      const given = () => log.entries.filter(({ message }) => message === "erasing at the provider is given up");
      await time.until("it is given up", () => given().length > 0);
      await time.pass(180);
      const { id: orderId, avatarId } = training;
      const { requestId } = request;
      expect(given()).toMatchObject([{ level: "error", fields: { orderId, avatarId, requestId } }]);
      expect(provider.calls.filter((method) => method === "erase")).toHaveLength(3);
      await expectInvariants(scene);
    });

    it.each(["rejected", "cancelled before it was sent", "lost"] as const)(
      "asks for the photos of a training that was %s",
      async (how) => {
        const scene = await stage(create);
        const { provider, time, likeness, store, ordered, untilStatus } = scene;
        const answers = {
          rejected: { type: "submit-refused", status: 422, detail: "no" },
          "cancelled before it was sent": { type: "submit-deferred", detail: "busy", retryAfterSeconds: 600 },
          lost: { type: "submit-unconfirmed", detail: "504" },
        } as const;
        provider.answerNextSubmit(answers[how]);
        const { id, avatarId } = await ordered();
        if (how === "cancelled before it was sent") {
          const isUploaded = async () => (await valueOf(store.orders.find(id)))?.state.prepared !== undefined;
          await time.until("it is uploaded", isUploaded);
          await untilStatus(id, "requested");
          await valueOf(likeness.trainings.cancel({ actor: owner, avatarId }));
        }
        const training = await untilStatus(id, how === "cancelled before it was sent" ? "cancelled" : "failed");
        await valueOf(erase(scene, training));
        await time.until("it is erased there", () => provider.erased.length > 0);
        const url = `https://files.example/${id}`;
        expect(provider.erased).toMatchObject([{ orderId: id, prepared: aPrepared(url) }]);
        expect(provider.uploads.has(url)).toBe(false);
        await expectInvariants(scene);
      },
    );

    it("erases with a provider that cannot erase", async () => {
      const { erase: _cannot, ...provider } = fakeProvider();
      const scene = await stage(create, { provider });
      const { ordered, untilStatus, time, log, avatar, blobs } = scene;
      const training = await untilStatus((await ordered()).id, "submitted");
      await valueOf(erase(scene, training));
      await time.until("its bytes are gone", () => blobs.blobs.size === 0);
      expect(await avatar(training.avatarId)).toBeUndefined();
      expect(log.entries.filter(({ level }) => level !== "info")).toStrictEqual([]);
    });

    it("spends the credits of a training that yielded a model but was not finished yet", async () => {
      const scene = await stage(create);
      const { submitted, provider, credits, time } = scene;
      const { training, request } = await submitted();
      for (let count = 0; count < 3; count++) credits.failNext("capture");
      provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
      await time.until("it was tried", () => credits.calls.some(({ method }) => method === "capture"));
      await valueOf(erase(scene, training));
      await time.until("they are spent", () => credits.lastOf(training.id) === "capture");
      expect(credits.calls.filter(({ method }) => method === "release")).toStrictEqual([]);
      await expectInvariants(scene);
    });

    it("does not capture or release credits again, and leaves no bytes of photos and model", async () => {
      const scene = await stage(create);
      const { credits, time, blobs } = scene;
      const training = await trained(scene, aModel());
      const before = credits.calls.length;
      expect(blobs.blobs.size).toBe(5);
      await valueOf(erase(scene, training));
      await time.until("its bytes are gone", () => blobs.blobs.size === 0);
      await time.pass(30);
      expect(credits.calls).toHaveLength(before);
      await expectInvariants(scene);
    });

    it("leaves no bytes of a model that came after the training was cancelled", async () => {
      const scene = await stage(create);
      const { submitted, likeness, deliver, training: trainingOf, time, blobs } = scene;
      const { training, request } = await submitted();
      await valueOf(likeness.trainings.cancel({ actor: owner, avatarId: training.avatarId }));
      await deliver(training.id, { type: "succeeded", requestId: request.requestId, outcome: aModel() });
      await time.until("it is kept", async () => "lateOutcome" in (await trainingOf(training.id)).state);
      await finished(scene, training);
      expect(blobs.blobs.size).toBe(5);
      await valueOf(erase(scene, training));
      await time.until("its bytes are gone", () => blobs.blobs.size === 0);
      await expectInvariants(scene);
    });

    it.each(["photo", "model"] as const)(
      "leaves no bytes of a %s whose process died before it wrote the row",
      async (what) => {
        const inner = memoryBlobStore();
        let isDying = false;
        const isIt = (content: Uint8Array | ReadableStream<Uint8Array>) =>
          content instanceof Uint8Array === (what === "photo");
        const blobs: BlobStore = {
          ...inner,
          put: (content, announce) =>
            isDying && isIt(content)
              ? inner
                  .put(content, announce)
                  .andThen(() => new ResultAsync<string, BlobFailure>(new Promise(() => undefined)))
              : inner.put(content, announce),
        };
        const scene = await stage(create, { blobs });
        const { submitted, provider, time, likeness, store } = scene;
        const { training, request } = await submitted();
        const { avatarId } = training;
        isDying = true;
        if (what === "model") provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
        else void likeness.photos.add({ actor: owner, avatarId, bytes: photoBytes() });
        await time.until("its bytes are there", () => inner.blobs.size > photoLimits.minimum);
        await valueOf(erase(scene, training));
        await time.until("no bytes are left", () => inner.blobs.size === 0);
        await time.pass(60);
        expect(inner.blobs.size).toBe(0);
        expect(await valueOf(store.avatars.find(avatarId))).toBeUndefined();
      },
    );

    it("takes bytes that no row needs away after an hour, and leaves others alone", async () => {
      const scene = await stage(create);
      const { blobs, time } = scene;
      const { avatarId, snapshot, state } = await trained(scene, aModel());
      const stray = await valueOf(blobs.put(photoBytes()));
      const look = (blobKey = "", hours = 0) => {
        const until = addSeconds(time.clock.now(), 3_600 * hours);
        return runJob(scene, jobKinds.guardBlob, { blobKey, avatarId, until });
      };
      const model = state.status === "succeeded" ? state.outcome.weights.blobKey : undefined;
      const needed = [model, snapshot.manifest[0]?.blobKey].map((key) => key ?? "");
      for (const key of needed) expect(await look(key)).toStrictEqual(ok({ type: "done" }));
      expect(await look(stray, 1)).toMatchObject({ value: { type: "again" } });
      expect([...needed, stray].map((key) => blobs.blobs.has(key))).toStrictEqual([true, true, true]);
      expect(await look(stray)).toStrictEqual(ok({ type: "done" }));
      expect([...needed, stray].map((key) => blobs.blobs.has(key))).toStrictEqual([true, true, false]);
      await expectInvariants(scene);
    });

    it("keeps the bytes of a model that another avatar has as well", async () => {
      const scene = await stage(create);
      const { time, blobs } = scene;
      const model = aModel();
      const first = await trained(scene, model);
      const { state } = await trained(scene, model);
      const kept = state.status === "succeeded" ? [state.outcome.weights.blobKey, state.outcome.config?.blobKey] : [];
      expect(blobs.blobs.size).toBe(8);
      await valueOf(erase(scene, first));
      await time.until("the photos are gone", () => blobs.blobs.size <= 5);
      await time.pass(5);
      expect(blobs.blobs.size).toBe(5);
      expect(kept.map((key) => blobs.blobs.has(key ?? ""))).toStrictEqual([true, true]);
      await expectInvariants(scene);
    });
  });
}
