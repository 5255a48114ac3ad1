import { createLikeness, type Inspection, type Need, type Payment, type Purchases } from "@likeness/core";
import { err, errAsync, ok, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { anImageOrder } from "../fixtures/image-order.ts";
import { anInboxDelivery } from "../fixtures/inbox-delivery.ts";
import { aModel } from "../fixtures/model.ts";
import { anAcceptedPhoto } from "../fixtures/photo.ts";
import { aPicture } from "../fixtures/picture.ts";
import { valueOf } from "../results/value-of.ts";
import { done, failed } from "../contracts/job-queue/recorded-handler.ts";
import { openStage, owner, type CreateStorage, type Stage } from "./stage.ts";

const olga = { operator: "olga" };

/** The names of the lists that are not empty. */
const needed = ({ needs }: Inspection): Need[] =>
  (Object.keys(needs) as Need[]).filter((need) => needs[need].items.length > 0);

async function lateTraining({ submitted, deliver, untilStatus, untilSettled, time }: Stage): Promise<string> {
  const { training, request } = await submitted();
  const { requestId } = request;
  await deliver(training.id, { type: "failed", requestId, detail: "out of memory" });
  await untilStatus(training.id, "failed");
  await deliver(training.id, { type: "succeeded", requestId, outcome: aModel() });
  await untilSettled();
  await time.pass(5);
  return training.id;
}

export function describeOperating(create: CreateStorage): void {
  describe("the operator's commands", () => {
    it("show nothing to do at first, and what waits while something runs", async () => {
      const stage = await openStage(create);
      const { likeness, submitted } = stage;
      const first = await valueOf(likeness.operator.inspect());
      expect([first.needsPerson, needed(first)]).toStrictEqual([false, []]);
      const { training } = await submitted();
      const { counts, needsPerson } = await valueOf(likeness.operator.inspect());
      expect(needsPerson).toBe(false);
      expect(counts.filter(({ of }) => of === "order")).toStrictEqual([
        {
          of: "order",
          kind: "training",
          status: "submitted",
          count: 1,
          ages: { quarter: 1, hour: 0, day: 0, older: 0 },
          oldestAt: training.createdAt,
        },
      ]);
      expect(likeness.operator.available).toBe(true);
    });

    it("list an order that nobody confirms after a quarter of an hour, and not before", async () => {
      const stage = await openStage(create, { policy: { unknownDeadlineSeconds: 3_600 } });
      const { likeness, provider, ordered, untilStatus, time } = stage;
      provider.answerNextSubmit({ type: "submit-unconfirmed", detail: "no answer" });
      const { id } = await ordered();
      await untilStatus(id, "unknown");
      await time.pass(850);
      expect(needed(await valueOf(likeness.operator.inspect()))).toStrictEqual([]);
      await time.pass(60);
      const { needsPerson, needs } = await valueOf(likeness.operator.inspect());
      expect(needsPerson).toBe(true);
      expect(needs.unknown.items).toMatchObject([{ id, kind: "training", status: "unknown", ownerId: owner }]);
      expect((await likeness.operator.cancel({ ...olga, orderId: id }))._unsafeUnwrapErr().type).toBe(
        "illegal-transition",
      );
    });

    it("list a late result, until one of two operators has adopted it, with an entry for each", async () => {
      const stage = await openStage(create);
      const { likeness } = stage;
      const trainingId = await lateTraining(stage);
      const { needs } = await valueOf(likeness.operator.inspect());
      expect(needs.late.items).toMatchObject([{ id: trainingId, late: true, copied: true, reason: "provider_error" }]);
      const both = await Promise.all(
        ["olga", "omar"].map((operator) => valueOf(likeness.operator.adopt({ operator, trainingId }))),
      );
      expect(both.map(({ type }) => type).toSorted()).toStrictEqual(["adopted", "adopted-before"]);
      expect(needed(await valueOf(likeness.operator.inspect()))).toStrictEqual([]);
      const { items } = await valueOf(likeness.operator.actions({ subject: { type: "order", id: trainingId } }));
      expect(new Set(items.map(({ operator, outcome }) => `${operator} ${outcome?.slice(0, 7)}`))).toStrictEqual(
        new Set(["olga adopted", "omar adopted"]),
      );
    });

    it("list no longer what was dismissed, page by page what is left", async () => {
      const stage = await openStage(create);
      const { likeness, store, time } = stage;
      const ids: string[] = [];
      for (let count = 0; count < 5; count++) {
        const settledAt = time.clock.now();
        const delivery = anInboxDelivery({ outcome: "malformed", settledAt, receivedAt: settledAt });
        await valueOf(store.inbox.insert(delivery));
        ids.unshift(delivery.id);
        await time.pass(1);
      }
      const listed = async (after?: string) => {
        const page = await valueOf(likeness.operator.list({ need: "deliveries", limit: 2, after }));
        return { ids: page.items.map(({ id }) => id), next: page.next };
      };
      const first = await listed();
      const second = await listed(first.next);
      const third = await listed(second.next);
      expect([first.ids, second.ids, third.ids]).toStrictEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)]);
      expect(third.next).toBeUndefined();
      const [id = ""] = ids;
      const dismiss = (subjectId: string) =>
        likeness.operator.dismiss({ ...olga, subject: { type: "delivery", id: subjectId } });
      for (const _ of [1, 2]) expect(await dismiss(id)).toStrictEqual(ok({ type: "dismissed" }));
      expect((await listed()).ids).toStrictEqual(ids.slice(1, 3));
      expect(await dismiss("nothing")).toStrictEqual(err({ type: "nothing-to-dismiss" }));
      expect(await likeness.operator.list({ need: "deliveries", after: "rubbish" })).toStrictEqual(
        err({ type: "invalid-cursor" }),
      );
    });

    it("tell the whole story of an order in the order of time, without texts and addresses", async () => {
      const stage = await openStage(create);
      const { likeness, submitted, deliver, untilStatus, time } = stage;
      const { training, request } = await submitted();
      await time.pass(60);
      await valueOf(likeness.operator.look({ ...olga, orderId: training.id }));
      await deliver(training.id, { type: "succeeded", requestId: request.requestId, outcome: aModel() });
      await untilStatus(training.id, "succeeded");
      await time.pass(120);
      const story = await valueOf(likeness.operator.order({ orderId: training.id }));
      const told = story.events.map(({ of, what, detail }) => [of, what, ...(detail === undefined ? [] : [detail])]);
      expect(told).toStrictEqual(
        expect.arrayContaining([
          ["order", "placed"],
          ["order", "accepted"],
          ["operator", "look", "olga"],
          ["delivery", "received"],
          ["delivery", "applied"],
          ["order", "succeeded"],
          ["message", "stored", "training-ready"],
          ["message", "sent", "training-ready"],
        ]),
      );
      const times = story.events.map(({ at }) => at);
      expect(times).toStrictEqual(times.toSorted());
      expect(story.order).toMatchObject({ id: training.id, status: "succeeded", copied: true, preset: "balanced" });
      expect(story).toMatchObject({ avatar: { status: "ready" }, set: [], more: false });
      const json = JSON.stringify(story);
      expect(JSON.parse(json)).toStrictEqual(story);
      expect(json).not.toMatch(/https?:|TOK_|Ada/);
      const missing = err({ type: "order-not-found", orderId: "none" });
      expect(await likeness.operator.order({ orderId: "none" })).toStrictEqual(missing);
      expect(await likeness.operator.look({ ...olga, orderId: "none" })).toStrictEqual(missing);
    });

    it("name the files of an order, as far as they are there", async () => {
      const stage = await openStage(create);
      const { likeness, store, submitted } = stage;
      const { training } = await submitted();
      const photos = await valueOf(store.photos.listByAvatar(training.avatarId));
      const filesOf = async (orderId: string) => (await valueOf(likeness.operator.order({ orderId }))).files;
      const [gone = "", ...others] = photos.map(({ id }) => id);
      expect(await filesOf(training.id)).toStrictEqual({ photos: [gone, ...others], pictures: [] });
      await valueOf(store.photos.delete(gone));
      const later = anAcceptedPhoto({ avatarId: training.avatarId, number: 9 });
      await valueOf(store.photos.save(later));
      expect(await filesOf(training.id)).toStrictEqual({ photos: others, pictures: [] });

      const drawn = anImageOrder("succeeded", { avatarId: training.avatarId });
      await valueOf(store.orders.save(drawn));
      expect(await filesOf(drawn.id)).toStrictEqual({ photos: [], pictures: [] });
      const { id, avatarId, ownerId } = drawn;
      await valueOf(store.pictures.save(aPicture({ id, setId: id, avatarId, ownerId })));
      expect(await filesOf(drawn.id)).toStrictEqual({ photos: [], pictures: [id] });
    });

    it("say that an order was erased, and name nobody who was", async () => {
      const stage = await openStage(create);
      const { likeness, submitted, store } = stage;
      const { training } = await submitted();
      const id = "019ab000-0000-7000-8000-00000000e5a5";
      const receipts = [];
      for (const _ of [1, 2])
        receipts.push(await valueOf(likeness.operator.eraseOwner({ ...olga, ownerId: owner, id })));
      expect(receipts.map((receipt) => receipt.id)).toStrictEqual([id, id]);
      expect(await likeness.operator.order({ orderId: training.id })).toStrictEqual(
        err({ type: "order-erased", orderId: training.id, erasedAt: expect.any(String) }),
      );
      expect(await valueOf(store.avatars.listByOwner(owner))).toStrictEqual([]);
      const { items } = await valueOf(likeness.operator.actions());
      expect(items.map(({ action, subject }) => ({ action, subject }))).toStrictEqual([
        { action: "erase-owner", subject: { type: "erasure", id } },
        { action: "erase-owner", subject: { type: "erasure", id } },
      ]);
      expect(JSON.stringify(items)).not.toContain(owner);
    });

    it("erase nothing under an id that is none, which may be somebody's, and leave no entry about it", async () => {
      const stage = await openStage(create);
      const { likeness, submitted, store } = stage;
      await submitted();
      for (const id of [
        "",
        "telegram:42",
        "019ab000-0000-4000-8000-00000000e5a5",
        "019AB000-0000-7000-8000-00000000E5A5",
      ])
        expect(await likeness.operator.eraseOwner({ ...olga, ownerId: owner, id })).toStrictEqual(
          err({ type: "invalid-receipt-id" }),
        );
      expect((await valueOf(store.avatars.listByOwner(owner))).length).toBe(1);
      expect(await valueOf(likeness.operator.actions())).toStrictEqual({ items: [] });
    });

    it("cancel any order once, and say so afterwards", async () => {
      const stage = await openStage(create);
      const { likeness, submitted, time, avatar } = stage;
      const { training } = await submitted();
      const cancel = () => likeness.operator.cancel({ ...olga, orderId: training.id });
      expect(await valueOf(cancel())).toMatchObject({ type: "cancelled", order: { status: "cancelled" } });
      expect(await valueOf(cancel())).toMatchObject({ type: "ended-before", order: { status: "cancelled" } });
      await time.pass(5);
      expect((await avatar(training.avatarId))?.state.status).toBe("draft");
      expect(await likeness.operator.cancel({ ...olga, orderId: "none" })).toStrictEqual(
        err({ type: "order-not-found", orderId: "none" }),
      );
    });

    it("send a message again that was given up, and never one that was sent", async () => {
      const stage = await openStage(create);
      const { likeness, notifier, submitted, provider, untilStatus, time, store } = stage;
      notifier.answerNext({ type: "rejected", detail: "chat not found" });
      const { training, request } = await submitted();
      provider.report(request.requestId, { type: "failed", detail: "out of memory" });
      await untilStatus(training.id, "failed");
      await time.pass(5);
      const { needs } = await valueOf(likeness.operator.inspect());
      const [message] = needs.messages.items;
      expect(message).toMatchObject({ template: "training-failed", status: "dead", detail: "chat not found" });
      const messageId = message?.id ?? "";
      const send = () => likeness.operator.sendAgain({ ...olga, messageId });
      // So that it still waits below, however soon its job begins.
      notifier.answerNext({ type: "notifier-failure", detail: "502" });
      expect((await valueOf(send())).type).toBe("queued");
      expect((await valueOf(send())).type).toBe("waits");
      await time.until("it is sent", async () => {
        return (await valueOf(store.outbox.find(messageId)))?.state.status === "sent";
      });
      expect((await valueOf(send())).type).toBe("sent-before");
      await time.pass(120);
      expect(notifier.attempts).toHaveLength(3);
      expect(needed(await valueOf(likeness.operator.inspect()))).toStrictEqual([]);
      expect(await likeness.operator.sendAgain({ ...olga, messageId: "none" })).toStrictEqual(
        err({ type: "message-not-found", messageId: "none" }),
      );
    });

    it("revive a dead job, and delete one that is dismissed", async () => {
      const stage = await openStage(create);
      const { likeness, ports, time } = stage;
      let isBroken = true;
      let runs = 0;
      const work = () => {
        runs++;
        return isBroken ? failed(true) : done();
      };
      const run = async () => {
        let ended = false;
        const due = { limit: 10, deadlineMs: 60_000, handlers: { "example.work": work } };
        void likeness.runDue(due).then(() => (ended = true));
        await time.until("due jobs have run", () => ended);
      };
      const enqueue = (key: string) => valueOf(ports.queue.enqueue({ kind: "example.work", key, payload: null }));
      const dead = async () => (await valueOf(likeness.operator.list({ need: "jobs" }))).items;
      await enqueue("one");
      await run();
      const [job] = await dead();
      expect(job).toMatchObject({ kind: "example.work", key: "one", status: "dead" });
      isBroken = false;
      const revive = (jobId = "") => likeness.operator.revive({ ...olga, jobId });
      expect(await revive(job?.id)).toStrictEqual(ok({ type: "revived" }));
      expect(await revive(job?.id)).not.toStrictEqual(ok({ type: "revived" }));
      await run();
      expect([runs, await dead()]).toStrictEqual([2, []]);
      expect(await revive(job?.id)).toStrictEqual(err({ type: "job-not-found", jobId: job?.id }));

      isBroken = true;
      await enqueue("two");
      await run();
      const [other] = await dead();
      const subject = { type: "job", id: other?.id ?? "" } as const;
      expect(await likeness.operator.dismiss({ ...olga, subject })).toStrictEqual(ok({ type: "dismissed" }));
      expect(await dead()).toStrictEqual([]);
      expect(await likeness.operator.dismiss({ ...olga, subject })).toStrictEqual(err({ type: "nothing-to-dismiss" }));
    });

    it("leave no entry about an id that no row has, because it may be somebody's", async () => {
      const { operator } = (await openStage(create)).likeness;
      for (const id of ["telegram:42", "Ada Lovelace", "", "x".repeat(16_000)]) {
        const answers = [
          operator.look({ ...olga, orderId: id }),
          operator.cancel({ ...olga, orderId: id }),
          operator.adopt({ ...olga, trainingId: id }),
          operator.copyAgain({ ...olga, orderId: id }),
          operator.sendAgain({ ...olga, messageId: id }),
          operator.refund({ ...olga, chargeId: id }),
          operator.revive({ ...olga, jobId: id }),
          operator.openPhoto({ ...olga, photoId: id }),
          operator.openPicture({ ...olga, pictureId: id }),
          ...(["order", "delivery", "message", "job"] as const).map((type) =>
            operator.dismiss({ ...olga, subject: { type, id } }),
          ),
        ];
        const types = (await Promise.all(answers)).map((answer) => answer._unsafeUnwrapErr().type);
        expect(types.filter((type) => !/not-found$|^nothing-to-dismiss$/.test(type))).toStrictEqual([]);
      }
      expect((await valueOf(operator.actions())).items).toStrictEqual([]);
    });

    it("order a refund where something is sold, and list payments that need one", async () => {
      const paidAt = "2026-11-23T05:00:00.000Z";
      const payment: Payment = {
        chargeId: "charge",
        ownerId: owner,
        payload: "",
        amount: 50,
        currency: "XTR",
        credits: 10,
        state: "booked",
        paidAt,
        refundAskedAt: paidAt,
        told: true,
      };
      const purchases: Partial<Purchases> = {
        orderRefund: ({ chargeId }) =>
          chargeId === payment.chargeId
            ? okAsync({ ...payment, refundOrderedAt: payment.paidAt })
            : errAsync({ type: "payment-not-found", chargeId }),
        listPayments: () => okAsync([payment]),
      };
      const stage = await openStage(create, { purchases: purchases as Purchases });
      const { operator } = stage.likeness;
      const { needs } = await valueOf(operator.inspect());
      expect(needs.payments.items).toMatchObject([{ chargeId: payment.chargeId, state: payment.state }]);
      expect((await valueOf(operator.refund({ ...olga, chargeId: payment.chargeId }))).type).toBe("ordered");
      expect(await operator.refund({ ...olga, chargeId: "none" })).toStrictEqual(
        err({ type: "payment-not-found", chargeId: "none" }),
      );
      const { operator: unsold } = (await openStage(create)).likeness;
      expect(await unsold.refund({ ...olga, chargeId: "any" })).toStrictEqual(err({ type: "nothing-sold" }));
    });

    it("open a photo only with an entry that says who looked at it", async () => {
      const stage = await openStage(create);
      const { likeness, draft, store } = stage;
      const { id: avatarId } = await draft();
      const [photo] = await valueOf(store.photos.listByAvatar(avatarId));
      const photoId = photo?.id ?? "";
      const { stream, contentType } = await valueOf(likeness.operator.openPhoto({ ...olga, photoId }));
      expect(contentType).toBe("image/jpeg");
      expect((await new Response(stream).bytes()).byteLength).toBeGreaterThan(0);
      const { items } = await valueOf(likeness.operator.actions({ subject: { type: "photo", id: photoId } }));
      expect(items).toMatchObject([{ operator: "olga", action: "open-photo", outcome: "opened" }]);
      expect(await likeness.operator.openPhoto({ ...olga, photoId: "none" })).toStrictEqual(
        err({ type: "photo-not-found", photoId: "none" }),
      );
      expect(await likeness.operator.openPicture({ ...olga, pictureId: "none" })).toStrictEqual(
        err({ type: "picture-not-found", pictureId: "none" }),
      );
      expect(() => likeness.operator.openPhoto({ operator: " ", photoId })).toThrow("an operator needs a name");
    });

    it("show success, durations and why photos were refused", async () => {
      const stage = await openStage(create);
      const { likeness, submitted, provider, untilStatus, time } = stage;
      const { training, request } = await submitted();
      await time.pass(100);
      provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
      await untilStatus(training.id, "succeeded");
      const { training: second, request: other } = await submitted();
      provider.report(other.requestId, { type: "failed", detail: "out of memory" });
      await untilStatus(second.id, "failed");
      const statistics = await valueOf(likeness.operator.statistics());
      expect(statistics).toMatchObject({
        from: "2026-11-17",
        to: "2026-11-23",
        orders: [
          {
            kind: "training",
            succeeded: 1,
            failed: 1,
            cancelled: 0,
            successRate: 0.5,
            reasons: [{ reason: "provider_error", count: 1 }],
            durations: [{ preset: "balanced", count: 1 }],
          },
        ],
        photos: { codes: [], more: false },
      });
      const seconds = statistics.orders[0]?.durations[0]?.medianSeconds ?? 0;
      expect(seconds).toBeGreaterThanOrEqual(100);
      expect(await valueOf(likeness.operator.statistics({ from: "2026-11-01", to: "2026-11-22" }))).toMatchObject({
        orders: [],
      });
      for (const days of [{ from: "yesterday" }, { to: "2026-02-30" }, { from: "2026-01-01" }, { from: "2026-12-01" }])
        expect((await likeness.operator.statistics(days))._unsafeUnwrapErr().type).toBe("invalid-period");
    });

    it("answer that they cannot tell, and act anyway, where the store has no part for them", async () => {
      const stage = await openStage(create);
      const { likeness, submitted, time, ports } = stage;
      const { training } = await submitted();
      const { operator: _, ...store } = stage.store;
      const without = createLikeness({ ...ports, store });
      expect(without.operator.available).toBe(false);
      for (const asked of [
        without.operator.inspect(),
        without.operator.order({ orderId: training.id }),
        without.operator.statistics(),
        without.operator.actions(),
        without.operator.openPhoto({ ...olga, photoId: "any" }),
      ])
        expect((await asked)._unsafeUnwrapErr().type).toBe("operator-unavailable");
      expect((await valueOf(without.operator.cancel({ ...olga, orderId: training.id }))).type).toBe("cancelled");
      await time.pass(5);
      expect(await valueOf(likeness.operator.actions())).toStrictEqual({ items: [] });
    });
  });
}
