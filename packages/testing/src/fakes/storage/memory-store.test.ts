import { describe, expect, it } from "vitest";
import type { Repositories } from "@likeness/core";
import { err, ok, okAsync } from "neverthrow";
import { testClock } from "../../clock/test-clock.ts";
import { describeStore } from "../../contracts/store/describe-store.ts";
import { anAvatar } from "../../fixtures/avatar.ts";
import { anInboxDelivery } from "../../fixtures/inbox-delivery.ts";
import { valueOf } from "../../results/value-of.ts";
import { memoryStore } from "./memory-store.ts";

describeStore("memory", async () => memoryStore({ clock: testClock() }).store);

describe("memoryStore", () => {
  it("says so when a store is used inside a transaction of its own, instead of waiting for ever", async () => {
    const { store } = memoryStore({ clock: testClock() });
    const avatar = anAvatar();
    const result = await store.atomically((tx) => tx.avatars.save(avatar).andThen(() => store.avatars.find(avatar.id)));
    expect(result).toStrictEqual(
      err({ type: "storage-failure", cause: "the store was used inside a transaction of its own" }),
    );
    expect(await store.avatars.find(avatar.id)).toStrictEqual(ok(undefined));
  });

  it("refuses a repository whose transaction has ended", async () => {
    const { store } = memoryStore({ clock: testClock() });
    const kept: Repositories[] = [];
    await valueOf(
      store.atomically((tx) => {
        kept.push(tx);
        return okAsync(undefined);
      }),
    );
    expect(await kept[0]?.avatars.find("anything")).toStrictEqual(
      err({ type: "storage-failure", cause: "a repository of a transaction was used after its end" }),
    );
  });

  it("gives out copies, so that a caller cannot change a row by accident", async () => {
    const { store } = memoryStore({ clock: testClock() });
    const body = Uint8Array.of(1, 2, 3);
    const delivery = anInboxDelivery({ body: body.slice() });
    await valueOf(store.inbox.insert(delivery));
    delivery.body.fill(0);
    (await valueOf(store.inbox.find(delivery.id)))?.body.fill(0);
    expect((await valueOf(store.inbox.find(delivery.id)))?.body).toStrictEqual(body);
  });

  it("answers storage-failure while it is down, commits nothing, and works again afterwards", async () => {
    const { store, setDown } = memoryStore({ clock: testClock() });
    const avatar = anAvatar();
    const failure = err({ type: "storage-failure", cause: "the database is down" });
    setDown(true);
    expect(await store.avatars.find(avatar.id)).toStrictEqual(failure);
    expect(await store.atomically((tx) => tx.avatars.save(avatar))).toStrictEqual(failure);
    setDown(false);
    const broken = await store.atomically((tx) => tx.avatars.save(avatar).andTee(() => setDown(true)));
    expect(broken).toStrictEqual(failure);
    setDown(false);
    expect(await store.avatars.save(avatar)).toStrictEqual(ok({ ...avatar, version: 1 }));
  });
});
