import { describe, expect, it } from "vitest";
import {
  addSeconds,
  failureReasons,
  type Notification,
  type NotificationContent,
  type NotificationState,
} from "@likeness/core";
import { err, ok } from "neverthrow";
import { testStart } from "../../clock/test-clock.ts";
import { fixtureIds } from "../../fixtures/fixture-ids.ts";
import { aNotification } from "../../fixtures/notification.ts";
import { valueOf } from "../../results/value-of.ts";
import { foreignText } from "./awkward.ts";
import { storedAvatar, type CreateStore } from "./stored.ts";

const contents: NotificationContent[] = [
  { template: "training-ready" },
  { template: "training-unconfirmed" },
  ...failureReasons.map((reason): NotificationContent => ({ template: "training-failed", reason })),
];

const states: NotificationState[] = [
  { status: "sending" },
  { status: "sent", sentAt: testStart },
  { status: "sent", sentAt: testStart, messageId: "chat:7" },
  { status: "undeliverable" },
  { status: "dead", detail: foreignText },
];

export function describeOutboxRepository(create: CreateStore): void {
  describe("outbox", () => {
    it.each(contents)("gives back every field of a notification: %j", async (content) => {
      const store = await create();
      const avatarId = (await storedAvatar(store)).id;
      const notification = aNotification({ avatarId, content, avatarName: foreignText, ownerId: foreignText });
      expect(await store.outbox.insert(notification)).toStrictEqual(ok("new"));
      const stored = ok({ ...notification, version: 1 });
      expect(await store.outbox.find(notification.id)).toStrictEqual(stored);
      expect(await store.outbox.findByDedupeKey(notification.dedupeKey)).toStrictEqual(stored);
    });

    it("knows nothing of an id or key that was never stored", async () => {
      const { outbox } = await create();
      expect(await outbox.find("nothing")).toStrictEqual(ok(undefined));
      expect(await outbox.findByDedupeKey("nothing")).toStrictEqual(ok(undefined));
    });

    it("stores the same outcome once, also when it comes twenty times in parallel", async () => {
      const store = await create();
      const notification = aNotification({ avatarId: (await storedAvatar(store)).id });
      const results = await Promise.all(
        Array.from({ length: 20 }, () =>
          store.atomically((tx) => tx.outbox.insert({ ...notification, id: fixtureIds.next() })),
        ),
      );
      expect(results.filter((result) => result.isOk() && result.value === "new")).toHaveLength(1);
      expect(results.filter((result) => result.isOk() && result.value === "known")).toHaveLength(19);
      expect(await valueOf(store.outbox.dueBefore(addSeconds(testStart, 1), 100))).toHaveLength(1);
    });

    it.each(states)("replaces exactly the version that was read with one that is %j", async (state) => {
      const store = await create();
      const { id } = aNotification();
      await valueOf(store.outbox.insert(aNotification({ id, avatarId: (await storedAvatar(store)).id })));
      const read = await valueOf(store.outbox.find(id));
      if (!read) throw new Error("the notification is not there");
      const changed = { ...read, state, attempts: 3, dueAt: addSeconds(testStart, 60) };
      expect(await store.outbox.save(changed)).toStrictEqual(ok({ ...changed, version: read.version + 1 }));
      expect(await store.outbox.find(id)).toStrictEqual(ok({ ...changed, version: read.version + 1 }));
      expect(await store.outbox.save(read)).toStrictEqual(
        err({ type: "version-conflict", entity: "notification", id }),
      );
    });

    it.each([0, 1])("saves nothing that was never inserted, at version %i", async (version) => {
      const store = await create();
      const notification = aNotification({ avatarId: (await storedAvatar(store)).id, version });
      expect(await store.outbox.save(notification)).toStrictEqual(
        err({ type: "version-conflict", entity: "notification", id: notification.id }),
      );
    });

    it("finds pending and sending notifications due before a moment, the longest overdue first", async () => {
      const store = await create();
      const avatarId = (await storedAvatar(store)).id;
      const insert = async (seconds: number, state: NotificationState = { status: "pending" }) => {
        const notification = aNotification({ avatarId, state, dueAt: addSeconds(testStart, seconds) });
        await valueOf(store.outbox.insert(notification));
        return notification.id;
      };
      const third = await insert(30);
      const first = await insert(10, { status: "sending" });
      const second = await insert(20);
      for (const state of states.slice(1)) await insert(5, state);

      const idsBefore = async (seconds: number, limit: number) =>
        (await valueOf(store.outbox.dueBefore(addSeconds(testStart, seconds), limit))).map(({ id }) => id);
      expect(await idsBefore(30, 10)).toStrictEqual([first, second]);
      expect(await idsBefore(30, 1)).toStrictEqual([first]);
      expect(await idsBefore(31, 10)).toStrictEqual([first, second, third]);
    });

    it("finds what could not reach an owner, oldest first, until it is pending again", async () => {
      const store = await create();
      const avatarId = (await storedAvatar(store)).id;
      const ownerId = `owner:${foreignText}`;
      const insert = async (seconds: number, overrides: Partial<Notification> = {}) => {
        const createdAt = addSeconds(testStart, seconds);
        const missed: Partial<Notification> = { avatarId, ownerId, createdAt, state: { status: "undeliverable" } };
        const notification = aNotification({ ...missed, ...overrides });
        await valueOf(store.outbox.insert(notification));
        return { ...notification, version: 1 };
      };
      // Neither the order of the inserts nor that of the due times is the order of creation.
      const second = await insert(20, { dueAt: addSeconds(testStart, 5) });
      const third = await insert(30, { dueAt: testStart });
      const first = await insert(10, { dueAt: addSeconds(testStart, 9) });
      const foreign = await insert(15, { ownerId: "owner:2" });
      for (const state of states) if (state.status !== "undeliverable") await insert(5, { state });

      expect(await store.outbox.undeliverable(ownerId)).toStrictEqual(ok([first, second, third]));
      expect(await store.outbox.undeliverable("owner:2")).toStrictEqual(ok([foreign]));
      expect(await store.outbox.undeliverable("owner")).toStrictEqual(ok([]));
      await valueOf(store.outbox.save({ ...second, state: { status: "pending" } }));
      expect(await store.outbox.undeliverable(ownerId)).toStrictEqual(ok([first, third]));
    });
  });
}
