import type { Avatar, InboxOutcome, Notification, Training, TrainingState } from "@likeness/core";
import { describe, expect, it } from "vitest";
import { testStart } from "../../clock/test-clock.ts";
import { anAvatar } from "../../fixtures/avatar.ts";
import { anErasure } from "../../fixtures/erasure.ts";
import { anInboxDelivery } from "../../fixtures/inbox-delivery.ts";
import { aModel } from "../../fixtures/model.ts";
import { aNotification } from "../../fixtures/notification.ts";
import { aPhoto } from "../../fixtures/photo.ts";
import { aTraining } from "../../fixtures/training.ts";
import { anImageOrder } from "../../fixtures/image-order.ts";
import { valueOf } from "../../results/value-of.ts";
import { storedAvatar } from "../store/stored.ts";
import { ago, all, idsOf, limits, type CreateOperatorStore, type OperatorStore } from "./subject.ts";

const copy = { url: "https://files.example/weights", blobKey: "a".repeat(64) };
const copied = aModel({ weights: copy, config: undefined });
const lost = aModel({ config: undefined });
const late = (seconds: number, lateOutcome = copied): TrainingState => ({
  status: "failed",
  reason: "provider_timeout",
  finishedAt: ago(seconds),
  lateOutcome,
});

/** A training of an avatar of its own, which may be in another state than the training says. */
async function stored(
  { orders, ...store }: OperatorStore,
  state: TrainingState,
  { avatar, ...changes }: Partial<Training> & { readonly avatar?: (id: string) => Partial<Avatar> } = {},
): Promise<string> {
  const training = aTraining("requested", { state, nextCheckAt: undefined, ...changes });
  const { id: avatarId } = await storedAvatar({ orders, ...store }, avatar?.(training.id));
  await valueOf(orders.save({ ...training, avatarId }));
  return training.id;
}

const readyWith = (trainingId: string): Partial<Avatar> => ({ state: { status: "ready", trainingId } });

export function describeWatchedRows(create: CreateOperatorStore): void {
  describe("watched rows", () => {
    it("count what waits by kind, status and age, and nothing that has ended", async () => {
      const store = await create();
      const { operator, orders, inbox, outbox, photos, erasures } = store;
      const { id: avatarId } = await storedAvatar(store);
      for (const seconds of [0, 900, 901, 3_600, 90_000])
        await valueOf(orders.save(anImageOrder("submitted", { avatarId, createdAt: ago(seconds) })));
      for (const order of [anImageOrder("succeeded", { avatarId }), aTraining("unknown", { avatarId })])
        await valueOf(orders.save(order));
      await valueOf(inbox.insert(anInboxDelivery({ receivedAt: ago(4_000) })));
      await valueOf(inbox.insert(anInboxDelivery({ receivedAt: ago(60), verified: false })));
      await valueOf(inbox.insert(anInboxDelivery({ outcome: "applied", settledAt: testStart })));
      const messages: Notification["state"][] = [
        { status: "pending" },
        { status: "dead", detail: "chat not found" },
        { status: "dead", detail: "overtaken" },
        { status: "undeliverable" },
      ];
      for (const state of messages) await valueOf(outbox.insert(aNotification({ avatarId, state })));
      await valueOf(photos.save(aPhoto({ avatarId })));
      await valueOf(erasures.save(anErasure()));

      const none = { quarter: 0, hour: 0, day: 0, older: 0 };
      const one = { count: 1, ages: { ...none, quarter: 1 }, oldestAt: testStart };
      const counts = await valueOf(operator.rows.underWay(limits));
      const expected = [
        {
          of: "order",
          kind: "image",
          status: "submitted",
          count: 5,
          ages: { quarter: 2, hour: 2, day: 0, older: 1 },
          oldestAt: ago(90_000),
        },
        { of: "order", kind: "training", status: "unknown", ...one },
        {
          of: "delivery",
          kind: "example",
          status: "verified",
          count: 1,
          ages: { ...none, day: 1 },
          oldestAt: ago(4_000),
        },
        { of: "delivery", kind: "example", status: "unverified", ...one, oldestAt: ago(60) },
        { of: "message", kind: "message", status: "pending", ...one },
        { of: "message", kind: "message", status: "dead", ...one },
        { of: "photo", kind: "photo", status: "pending", ...one },
        { of: "erasure", kind: "erasure", status: "under-way", ...one },
      ];
      expect(counts).toHaveLength(expected.length);
      expect(counts).toStrictEqual(expect.arrayContaining(expected));
    });

    it("list unknown orders by the time of their POST, page by page", async () => {
      const store = await create();
      const ids: string[] = [];
      for (const seconds of [60, 30, 30]) {
        const state = { status: "unknown", prepared: { input: {} }, submitStartedAt: ago(seconds) } as const;
        ids.push(await stored(store, state, { createdAt: ago(100) }));
      }
      const { orders } = store.operator.rows;
      const [oldest = "", ...youngest] = ids;
      const newestFirst = [...youngest.toSorted().toReversed(), oldest];
      expect(idsOf(await valueOf(orders("unknown", all)))).toStrictEqual(newestFirst);
      expect(idsOf(await valueOf(orders("unknown", { limit: 1 })))).toStrictEqual(newestFirst.slice(0, 1));
      const after = { at: ago(30), id: newestFirst[0] ?? "" };
      expect(idsOf(await valueOf(orders("unknown", { limit: 5, after })))).toStrictEqual(newestFirst.slice(1));
      expect(idsOf(await valueOf(orders("unknown", { limit: 5, after: { at: ago(30), id: " " } })))).toStrictEqual([
        oldest,
      ]);
    });

    it("list late results that can be adopted, until they are, or are dismissed", async () => {
      const store = await create();
      const { orders } = store.operator.rows;
      const adoptable = await stored(store, late(10));
      const copying = await stored(store, late(20, lost), { nextCheckAt: testStart });
      await stored(store, late(30), { avatar: readyWith });
      const newer = aTraining("succeeded", { createdAt: testStart });
      const { id: avatarId } = await storedAvatar(store, readyWith(newer.id));
      await valueOf(store.orders.save({ ...newer, avatarId }));
      await valueOf(store.orders.save(aTraining("requested", { avatarId, state: late(40), createdAt: ago(60) })));
      await stored(store, { ...late(50), lateOutcome: undefined } as TrainingState);
      await stored(store, late(60, lost));
      const older = aTraining("succeeded", { createdAt: ago(600) });
      const { id: again } = await storedAvatar(store, readyWith(older.id));
      await valueOf(store.orders.save({ ...older, avatarId: again }));
      const better = aTraining("requested", { avatarId: again, state: late(70), createdAt: ago(500) });
      await valueOf(store.orders.save(better));

      expect(idsOf(await valueOf(orders("late", all)))).toStrictEqual([adoptable, copying, better.id]);
      await valueOf(store.operator.audit.dismiss({ type: "order", id: adoptable }, testStart));
      expect(idsOf(await valueOf(orders("late", all)))).toStrictEqual([copying, better.id]);
      const after = { at: ago(20), id: copying };
      expect(idsOf(await valueOf(orders("late", { limit: 1, after })))).toStrictEqual([better.id]);
    });

    it("list trainings whose model is not copied, and is not being copied", async () => {
      const store = await create();
      const { orders } = store.operator.rows;
      const uncopied = await stored(store, late(10, lost));
      await stored(store, late(20, lost), { nextCheckAt: testStart });
      await stored(store, late(30));
      expect(idsOf(await valueOf(orders("uncopied", all)))).toStrictEqual([uncopied]);
      await valueOf(store.operator.audit.dismiss({ type: "order", id: uncopied }, testStart));
      expect(await valueOf(orders("uncopied", all))).toStrictEqual([]);
      await valueOf(store.operator.audit.restore({ type: "order", id: uncopied }));
      expect(idsOf(await valueOf(orders("uncopied", all)))).toStrictEqual([uncopied]);
    });

    it("list deliveries that came to nothing, without what they said", async () => {
      const { inbox, operator } = await create();
      const settled = async (outcome: InboxOutcome, seconds: number) => {
        const delivery = anInboxDelivery({ outcome, settledAt: ago(seconds), receivedAt: ago(5_000) });
        await valueOf(inbox.insert(delivery));
        return delivery;
      };
      const idle = [];
      for (const outcome of ["given_up", "malformed", "unknown_order", "foreign"] as const)
        idle.push(await settled(outcome, 10 * idle.length));
      for (const outcome of ["applied", "late", "ignored", "erased"] as const) await settled(outcome, 5);
      const bare = idle.map((delivery) => ({ ...delivery, headers: {}, body: new Uint8Array() }));
      expect(await valueOf(operator.rows.deliveries(all))).toStrictEqual(bare);
      const after = { at: ago(10), id: idle[1]?.id ?? "" };
      expect(await valueOf(operator.rows.deliveries({ limit: 1, after }))).toStrictEqual(bare.slice(2, 3));
      await valueOf(operator.audit.dismiss({ type: "delivery", id: idle[0]?.id ?? "" }, testStart));
      expect(await valueOf(operator.rows.deliveries(all))).toStrictEqual(bare.slice(1));
    });

    it("list dead messages that were not overtaken", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const dead = (seconds: number, detail: string) =>
        aNotification({ avatarId, createdAt: ago(seconds), state: { status: "dead", detail } });
      const [first, second, overtaken] = [dead(10, "one"), dead(20, "two"), dead(15, "overtaken")];
      for (const message of [first, second, overtaken, aNotification({ avatarId })])
        await valueOf(store.outbox.insert(message));
      const listed = [first, second].map((message) => ({ ...message, version: 1 }));
      expect(await valueOf(store.operator.rows.messages(all))).toStrictEqual(listed);
      const after = { at: first.createdAt, id: first.id };
      expect(await valueOf(store.operator.rows.messages({ limit: 5, after }))).toStrictEqual(listed.slice(1));
      await valueOf(store.operator.audit.dismiss({ type: "message", id: first.id }, testStart));
      expect(await valueOf(store.operator.rows.messages(all))).toStrictEqual(listed.slice(1));
    });

    it("tell what deliveries and messages an order has, oldest first", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store, anAvatar());
      const orderId = "order";
      const deliveries = [20, 10].map((seconds) => anInboxDelivery({ orderId, receivedAt: ago(seconds) }));
      const messages = (["training-unconfirmed", "training-ready"] as const).map((template, index) =>
        aNotification({ avatarId, orderId, content: { template }, createdAt: ago(20 - 10 * index) }),
      );
      for (const delivery of [...deliveries.toReversed(), anInboxDelivery()])
        await valueOf(store.inbox.insert(delivery));
      for (const message of [...messages.toReversed(), aNotification({ avatarId })])
        await valueOf(store.outbox.insert(message));
      const about = await valueOf(store.operator.rows.about(orderId, 10));
      expect(about).toStrictEqual({
        deliveries: deliveries.map((delivery) => ({ ...delivery, headers: {}, body: new Uint8Array() })),
        messages: messages.map((message) => ({ ...message, version: 1 })),
        entries: [],
      });
      expect(await valueOf(store.operator.rows.about("another", 10))).toStrictEqual({
        deliveries: [],
        messages: [],
        entries: [],
      });
    });
  });
}
