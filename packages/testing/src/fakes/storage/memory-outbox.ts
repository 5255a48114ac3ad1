import type { Notification, OutboxRepository } from "@likeness/core";
import { err, ok } from "neverthrow";
import type { RunStep } from "./memory-database.ts";
import { belongsToAvatar, isBefore, rowsBy, saveRow, type RowKind } from "./rows.ts";

const notificationRows: RowKind<Notification> = {
  entity: "notification",
  id: (notification) => notification.id,
  rules: [],
};

const isOpen = ({ state }: Notification): boolean => state.status === "pending" || state.status === "sending";

export const memoryOutbox = (run: RunStep): OutboxRepository => ({
  insert: (notification) =>
    run((tables) => {
      if ([...tables.outbox.values()].some((other) => other.dedupeKey === notification.dedupeKey))
        return ok("known" as const);
      return belongsToAvatar(tables, notification.avatarId).map(() => {
        tables.outbox.set(notification.id, { ...notification, version: 1 });
        return "new" as const;
      });
    }),
  find: (id) => run(({ outbox }) => ok(outbox.get(id))),
  findByDedupeKey: (dedupeKey) =>
    run(({ outbox }) => ok([...outbox.values()].find((notification) => notification.dedupeKey === dedupeKey))),
  save: (notification) =>
    run(({ outbox }) =>
      outbox.has(notification.id)
        ? saveRow(outbox, notification, notificationRows)
        : err({ type: "version-conflict" as const, entity: "notification" as const, id: notification.id }),
    ),
  dueBefore: (moment, limit) =>
    run(({ outbox }) =>
      ok(
        rowsBy(
          outbox,
          (notification) => isOpen(notification) && isBefore(notification.dueAt, moment),
          (notification) => notification.dueAt + notification.id,
        ).slice(0, limit),
      ),
    ),
  undeliverable: (ownerId) =>
    run(({ outbox }) =>
      ok(
        rowsBy(
          outbox,
          (notification) => notification.ownerId === ownerId && notification.state.status === "undeliverable",
          (notification) => notification.createdAt + notification.id,
        ),
      ),
    ),
});
