import { okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import type { Notification } from "../messages/notification.ts";
import type { Log } from "../ports/log.ts";
import type { Store } from "../ports/store.ts";
import { watchStore } from "./watch-store.ts";

/** A store of messages that counts how often one is read. */
function watched() {
  const rows = new Map<string, Notification>();
  const reads: string[] = [];
  const lines: string[] = [];
  const outbox = {
    find: (id: string) => {
      reads.push(id);
      return okAsync(rows.get(id));
    },
    save: (row: Notification) => {
      const saved = { ...row, version: row.version + 1 };
      rows.set(row.id, saved);
      return okAsync(saved);
    },
  };
  const log = { info: (_: object, message: string) => lines.push(message) } as unknown as Log;
  const others = { avatars: {}, photos: {}, orders: {}, pictures: {}, inbox: {} };
  const store = watchStore({ ...others, outbox } as unknown as Store, log);
  return { outbox: store.outbox, rows, reads, lines };
}

const aMessage = (id: string): Notification => ({
  id,
  dedupeKey: id,
  ownerId: "owner:1",
  avatarId: "avatar",
  avatarName: "Ada",
  orderId: "order",
  content: { template: "model-unsaved" },
  state: { status: "pending" },
  attempts: 0,
  dueAt: "2026-01-01T00:00:00.000Z",
  createdAt: "2026-01-01T00:00:00.000Z",
  version: 1,
});

describe("watchStore", () => {
  it("reads a row once, also when others are found and saved in between", async () => {
    const { outbox, rows, reads, lines } = watched();
    for (const id of ["1", "2"]) rows.set(id, aMessage(id));
    const found = [await outbox.find("1"), await outbox.find("2")];
    for (const status of ["sending", "undeliverable"] as const)
      for (const result of found) {
        const message = rows.get(result._unsafeUnwrap()?.id ?? "");
        if (message) await outbox.save({ ...message, state: { status } });
      }
    expect(reads).toStrictEqual(["1", "2"]);
    expect(lines).toStrictEqual([
      "message -> sending",
      "message -> sending",
      "message -> undeliverable",
      "message -> undeliverable",
    ]);
  });

  it("reads a row again that another process has saved meanwhile", async () => {
    const { outbox, rows, reads, lines } = watched();
    rows.set("1", aMessage("1"));
    await outbox.find("1");
    const sent: Notification = { ...aMessage("1"), state: { status: "undeliverable" }, version: 7 };
    rows.set("1", sent);
    await outbox.save({ ...sent, attempts: 1 });
    expect(reads).toStrictEqual(["1", "1"]);
    expect(lines).toStrictEqual([]);
  });
});
