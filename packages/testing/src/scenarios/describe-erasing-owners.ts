import { jobKinds, type ErasureReceipt, type OrderStatus, type PhotoSource, type Provider } from "@likeness/core";
import { errAsync, fromSafePromise, ok, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { closedGate } from "../contracts/gate.ts";
import { fakePhotoSource } from "../fakes/fake-photo-source.ts";
import { fakeProvider } from "../fakes/fake-provider.ts";
import { memoryCredits } from "../fakes/memory-credits.ts";
import { recordingCredits } from "../fakes/recording-credits.ts";
import { anInboxDelivery } from "../fixtures/inbox-delivery.ts";
import { aModel } from "../fixtures/model.ts";
import { photoBytes } from "../fixtures/photo-bytes.ts";
import { aSession } from "../fixtures/session.ts";
import { valueOf } from "../results/value-of.ts";
import { openImageStage } from "./image-stage.ts";
import { losingJobs } from "./losing-jobs.ts";
import { withinTransactions } from "./replaced-parts.ts";
import { runJob } from "./run-job.ts";
import { alarmsOf, endOfTime, expectInvariants, owner, openStage, type CreateStorage, type Stage } from "./stage.ts";

const nothing = { avatars: 0, photos: 0, orders: 0, pictures: 0, atProvider: 0, files: 0 };

const erase = ({ likeness }: Pick<Stage, "likeness">, id?: string): Promise<ErasureReceipt> =>
  valueOf(likeness.owners.erase({ actor: owner, id }));

const receiptOf = ({ likeness }: Pick<Stage, "likeness">, { id: receiptId }: ErasureReceipt) =>
  valueOf(likeness.owners.receipt({ receiptId }));

/** Waits for the end of an erasure, and expects that nothing of the owner is left. */
async function untilErased(stage: Stage, erased: ErasureReceipt): Promise<ErasureReceipt> {
  const { time, store, blobs, provider } = stage;
  await time.until("it is erased", async () => (await receiptOf(stage, erased)).status === "done");
  expect(await store.avatars.listByOwner(owner)).toStrictEqual(ok([]));
  expect([...blobs.blobs.keys()]).toStrictEqual([]);
  expect([...provider.uploads.keys()]).toStrictEqual([]);
  expect(await store.orders.dueBefore(endOfTime, 10)).toStrictEqual(ok([]));
  expect(await store.outbox.dueBefore(endOfTime, 10)).toStrictEqual(ok([]));
  await expectInvariants(stage);
  return receiptOf(stage, erased);
}

/** What happens to an owner's data when everything about the owner is erased. */
export function describeErasingOwners(create: CreateStorage): void {
  describe("erasing an owner", () => {
    it("leaves nothing of anybody who has nothing", async () => {
      const stage = await openStage(create);
      const erased = await erase(stage);
      expect(erased).toMatchObject({ status: "under-way", erased: nothing, left: [] });
      expect(await untilErased(stage, erased)).toStrictEqual({
        id: erased.id,
        status: "done",
        requestedAt: erased.requestedAt,
        finishedAt: expect.any(String),
        erased: nothing,
        left: [],
      });
      expect(JSON.stringify(await valueOf(stage.store.erasures.find(erased.id)))).not.toContain(owner);
    });

    it("forgets the jobs that name the owner in full, and none that bear the same number", async () => {
      const forgotten: string[] = [];
      const noting = withinTransactions(create, ({ jobs }) => ({
        jobs: {
          ...jobs,
          forget: (keys) => {
            forgotten.push(...keys);
            return okAsync(undefined);
          },
        },
      }));
      const { likeness } = await openStage(noting);
      await valueOf(likeness.owners.erase({ actor: "web:42" }));
      expect(forgotten).toStrictEqual(["web:42"]);
    });

    it("knows no other receipt", async () => {
      const { likeness } = await openStage(create);
      expect(await likeness.owners.receipt({ receiptId: "another" })).toMatchObject({
        error: { type: "receipt-not-found", receiptId: "another" },
      });
    });

    it("erases rows, files, sessions, deliveries and what the provider has, of this owner alone", async () => {
      const stage = await openStage(create);
      const { draft, submitted, provider, store, likeness, time, blobs } = stage;
      await draft(2);
      const { training, request } = await submitted();
      provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
      await stage.untilStatus(training.id, "succeeded");
      await time.until("it is copied", async () => (await stage.training(training.id)).nextCheckAt === undefined);
      const another = { actor: "owner:2", kind: "portrait", gender: "male", name: "Bob" } as const;
      const kept = await valueOf(likeness.avatars.create(another));
      await valueOf(likeness.photos.add({ actor: "owner:2", avatarId: kept.id, bytes: photoBytes() }));
      const session = await valueOf(store.sessions.save(aSession({ ownerId: owner })));
      const { orderId: _, ...update } = anInboxDelivery({ source: "chat", ownerId: owner });
      await valueOf(store.inbox.insert(update));

      const erased = await erase(stage);
      expect(await store.sessions.find(session.key)).toStrictEqual(ok(undefined));
      const left = await valueOf(store.inbox.find(update.id));
      expect([left?.outcome, left?.ownerId, left?.body.length]).toStrictEqual(["erased", undefined, 0]);
      await time.until("it is done", async () => (await receiptOf(stage, erased)).status === "done");
      expect((await receiptOf(stage, erased)).erased).toStrictEqual({
        avatars: 2,
        photos: 5,
        orders: 1,
        pictures: 0,
        atProvider: 1,
        files: 7,
      });
      expect(provider.erased).toMatchObject([{ orderId: training.id, requestId: request.requestId }]);
      expect(await store.avatars.listByOwner(owner)).toStrictEqual(ok([]));
      expect(blobs.blobs.size).toBe(1);
      expect((await valueOf(likeness.avatars.list({ actor: "owner:2" })))[0]?.photos).toHaveLength(1);
    });

    const statuses: readonly OrderStatus[] = ["requested", "submitting", "submitted", "unknown", "succeeded", "failed"];
    it.each(statuses)("leaves nothing of a training that is %s", async (status) => {
      const upload = closedGate();
      const inner = fakeProvider();
      const held: Provider = {
        ...inner,
        prepare: (order, archive) =>
          fromSafePromise(status === "requested" ? upload.passed : Promise.resolve()).andThen(() =>
            inner.prepare(order, archive),
          ),
      };
      const answer = closedGate();
      if (status === "submitting") inner.answerNextSubmit("accept", () => answer.passed);
      if (status === "unknown") inner.answerNextSubmit("accept-silently");
      if (status === "unknown") inner.failNext("find", { type: "provider-unavailable", detail: "503" });
      if (status === "failed") inner.answerNextSubmit({ type: "submit-refused", status: 422, detail: "no" });
      const stage = { ...(await openStage(create, { provider: held })), provider: inner };
      const { id } = await stage.ordered();
      if (status === "succeeded") {
        await stage.untilStatus(id, "submitted");
        inner.report(inner.requests[0]?.requestId ?? "", { type: "succeeded", outcome: aModel() });
      }
      await stage.untilStatus(id, status);
      const erased = await erase(stage);
      for (const gate of [upload, answer]) gate.open();
      await stage.time.pass(5);
      await untilErased(stage, erased);
      await stage.time.pass(600);
      const requestIds = inner.requests.map(({ requestId }) => requestId);
      if (status === "submitting" || status === "submitted" || status === "succeeded")
        expect(inner.erased.map(({ requestId }) => requestId)).toEqual(expect.arrayContaining(requestIds));
      expect(inner.uploads.size).toBe(0);
      expect(stage.blobs.blobs.size).toBe(0);
      expect(await stage.store.orders.find(id)).toStrictEqual(ok(undefined));
    });

    it("leaves nothing of a photo that is being inspected", async () => {
      const gate = closedGate();
      const source = fakePhotoSource();
      const photoSource: PhotoSource = {
        fetch: (reference, signal) => fromSafePromise(gate.passed).andThen(() => source.fetch(reference, signal)),
      };
      const stage = await openStage(create, { photoSource });
      const { id: avatarId } = await stage.draft(0);
      const reference = source.offer("file", photoBytes());
      await valueOf(stage.likeness.photos.submit({ actor: owner, avatarId, reference }));
      await stage.time.pass(1);
      const erased = await erase(stage);
      gate.open();
      await stage.time.pass(90);
      await untilErased(stage, erased);
    });

    it("leaves nothing of a set that is drawn", async () => {
      const stage = await openImageStage(create);
      const orders = await stage.accepted({ count: 4, scene: undefined, words: "by the sea of Marmara" });
      const [first] = orders;
      if (first) stage.make(first);
      await stage.time.until(
        "one is there",
        async () => (await valueOf(stage.store.pictures.find(first?.id ?? ""))) !== undefined,
      );
      const erased = await erase(stage);
      expect(erased.erased).toMatchObject({ avatars: 1, orders: 5, pictures: 1 });
      const done = await untilErased(stage, erased);
      expect(done.erased.atProvider).toBe(5);
      expect(stage.provider.erased).toHaveLength(5);
      expect(JSON.stringify(await valueOf(stage.store.erasures.find(done.id)))).not.toContain("Marmara");
      await stage.time.pass(300);
      expect(stage.notifier.attempts.filter(({ content }) => content.template === "images-done")).toStrictEqual([]);
    });

    it("stores nothing of a webhook that comes later, and applies none that was under way", async () => {
      const stage = await openStage(create);
      const { submitted, deliver, store, time } = stage;
      const { training, request } = await submitted();
      const succeeded = { type: "succeeded", requestId: request.requestId, outcome: aModel() } as const;
      await deliver(training.id, { type: "running", requestId: request.requestId, percent: 3 });
      const erased = await erase(stage);
      expect(await deliver(training.id, succeeded)).toStrictEqual(ok({ stored: "known" }));
      expect(await store.inbox.unsettledBefore(endOfTime, 10)).toStrictEqual(ok([]));
      await untilErased(stage, erased);
      expect(await deliver(training.id, succeeded)).toStrictEqual(ok({ stored: "known" }));
      await time.pass(120);
      expect(alarmsOf(stage)).toStrictEqual([]);
      expect(stage.notifier.attempts).toStrictEqual([]);
      expect(stage.outcomes.opened).toStrictEqual([]);
    });

    it("asks the provider about a request of which only a later webhook tells", async () => {
      const stage = await openStage(create);
      const { ordered, provider, deliver, time, untilStatus } = stage;
      provider.answerNextSubmit({ type: "submit-refused", status: 400, detail: "or so it seems" });
      const { id } = await ordered();
      await untilStatus(id, "failed");
      await untilErased(stage, await erase(stage));
      for (let count = 0; count < 2; count++)
        await deliver(id, { type: "running", requestId: "r-late", percent: count + 1 });
      const asked = () => provider.erased.filter(({ requestId }) => requestId === "r-late");
      await time.until("the provider is asked", () => asked().length > 0);
      await time.pass(60);
      expect(asked()).toMatchObject([{ orderId: id, requestId: "r-late" }]);
    });

    it("sends no message that was not under way", async () => {
      const stage = await openStage(create);
      const { submitted, provider, notifier, untilStatus, time } = stage;
      const { training, request } = await submitted();
      provider.report(request.requestId, { type: "failed", detail: "on purpose" });
      notifier.answerNext({ type: "notifier-failure", detail: "503" });
      await untilStatus(training.id, "failed");
      const erased = await erase(stage);
      const before = notifier.attempts.length;
      await time.pass(120);
      expect(notifier.attempts.length).toBeLessThanOrEqual(before + 1);
      await untilErased(stage, erased);
    });

    it("is done once for the same id, however often, also at once, and spares what came after it", async () => {
      const stage = await openStage(create);
      await stage.draft(2);
      const id = stage.ports.ids.next();
      const answers = await Promise.all([erase(stage, id), erase(stage, id), erase(stage, id)]);
      expect(new Set(answers.map((answer) => answer.id))).toStrictEqual(new Set([id]));
      expect(answers.map(({ erased }) => erased.photos)).toStrictEqual([2, 2, 2]);
      await untilErased(stage, answers[0]);
      const again = await stage.draft(1);
      expect((await erase(stage, id)).status).toBe("done");
      expect(await stage.avatar(again.id)).toBeDefined();
      await stage.time.pass(60);
      expect(stage.blobs.blobs.size).toBe(1);
      const second = await erase(stage);
      expect(second).toMatchObject({ erased: { avatars: 1, photos: 1 } });
      await untilErased(stage, second);
    });

    it("says what the provider keeps, and does not ask for ever", async () => {
      const stage = await openStage(create);
      const { submitted, provider, time, blobs } = stage;
      const { request } = await submitted();
      provider.failNext("erase", { type: "provider-refused", status: 403, detail: "not an admin's key" });
      const erased = await erase(stage);
      await time.until("it is done", async () => (await receiptOf(stage, erased)).status === "done");
      expect((await receiptOf(stage, erased)).left).toStrictEqual([
        {
          provider: "example",
          reason: "refused",
          status: 403,
          detail: "not an admin's key",
          requestIds: [request.requestId],
          orders: 1,
        },
      ]);
      await time.pass(600);
      expect(provider.calls.filter((method) => method === "erase")).toHaveLength(1);
      expect(blobs.blobs.size).toBe(0);
    });

    it("gives a provider up that is never there, and says so", async () => {
      const stage = await openStage(create, { policy: { erasureDeadlineSeconds: 100 } });
      const { submitted, provider, time, log } = stage;
      await submitted();
      const down = { type: "provider-unavailable", detail: "503" } as const;
      for (let count = 0; count < 20; count++) provider.failNext("erase", down);
      const erased = await erase(stage);
      await time.until("it is given up", async () => (await receiptOf(stage, erased)).status === "done");
      expect((await receiptOf(stage, erased)).left).toMatchObject([{ reason: "gave-up", detail: "503", orders: 1 }]);
      expect(log.entries.filter(({ level }) => level === "error")).toHaveLength(1);
    });

    it("cancels at a provider that cannot erase, and says that its data stay", async () => {
      const { erase: _cannot, ...provider } = fakeProvider();
      const stage = await openStage(create, { provider });
      await stage.submitted();
      const erased = await erase(stage);
      expect(provider.calls).toContain("cancel");
      expect(erased.left).toMatchObject([{ provider: "example", reason: "unsupported", orders: 1 }]);
      await stage.time.until("it is done", async () => (await receiptOf(stage, erased)).status === "done");
      expect(stage.blobs.blobs.size).toBe(0);
    });

    it("goes on when jobs are lost, and when blobs and credits fail for a while", async () => {
      const renamed: [string, string][] = [];
      let failures = 2;
      const credits = {
        ...recordingCredits(),
        pseudonymise: (ownerId: string, pseudonym: string) => {
          if (failures-- > 0) return errAsync({ type: "credits-failure", cause: "on purpose" } as const);
          renamed.push([ownerId, pseudonym]);
          return okAsync(undefined);
        },
      };
      const lossy = losingJobs(create, ({ kind }) => kind === jobKinds.eraseOwner);
      const stage = await openStage(lossy, { credits });
      const { draft, blobs, time } = stage;
      await draft(3);
      blobs.setDown(true);
      const erased = await erase(stage);
      await time.pass(150);
      expect((await receiptOf(stage, erased)).status).toBe("under-way");
      blobs.setDown(false);
      await untilErased(stage, erased);
      expect(renamed).toStrictEqual([[owner, expect.any(String)]]);
      expect(renamed[0]?.[1]).not.toContain(owner);
      expect(JSON.stringify(await valueOf(stage.store.erasures.find(erased.id)))).not.toContain(owner);
    });

    it("leaves what somebody buys who comes back before files and provider are done", async () => {
      const credits = memoryCredits({ prices: { training: 100, image: 10, upscale: 5 } });
      const stage = await openStage(create, { credits });
      await valueOf(credits.topUp({ ownerId: owner, amount: 500, reference: "bought" }));
      const { submitted, provider, blobs, time } = stage;
      await submitted();
      const down = { type: "provider-unavailable", detail: "503" } as const;
      for (let count = 0; count < 3; count++) provider.failNext("erase", down);
      blobs.setDown(true);
      const erased = await erase(stage);
      expect(await credits.balance(owner)).toMatchObject({ value: { balance: 0, held: 0 } });
      await valueOf(credits.topUp({ ownerId: owner, amount: 70, reference: "bought after that" }));
      await time.pass(60);
      expect((await receiptOf(stage, erased)).status).toBe("under-way");
      blobs.setDown(false);
      await untilErased(stage, erased);
      expect(await credits.balance(owner)).toMatchObject({ value: { balance: 70 } });
      expect(await credits.history(owner, { limit: 9 })).toMatchObject({ value: [{ reference: "bought after that" }] });
    });

    it("does no harm when its job runs twice at once, or after its end", async () => {
      const stage = await openStage(create);
      await stage.submitted();
      const erased = await erase(stage);
      const payload = { erasureId: erased.id };
      await Promise.all([1, 2, 3].map(() => runJob(stage, jobKinds.eraseOwner, payload)));
      const done = await untilErased(stage, erased);
      expect(await runJob(stage, jobKinds.eraseOwner, payload)).toStrictEqual(ok({ type: "done" }));
      expect(await receiptOf(stage, erased)).toStrictEqual(done);
    });
  });
}
