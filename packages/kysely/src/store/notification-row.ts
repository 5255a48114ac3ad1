import type { Notification, NotificationContent, NotificationState, Timestamp } from "@likeness/core";
import { fromJson, withoutNulls, notNull, toJson, type JsonText } from "./columns.ts";

export interface NotificationRow {
  readonly id: string;
  readonly dedupe_key: string;
  readonly owner_id: string;
  readonly avatar_id: string;
  readonly avatar_name: string;
  readonly order_id: string;
  readonly content: JsonText<NotificationContent>;
  readonly status: NotificationState["status"];
  readonly sent_at: Timestamp | null;
  readonly message_id: string | null;
  readonly failure_detail: string | null;
  readonly attempts: number;
  readonly due_at: Timestamp;
  readonly created_at: Timestamp;
  readonly version: number;
}

/** The row of the notification's next version. */
export const notificationRow = ({ state, ...notification }: Notification): NotificationRow => ({
  id: notification.id,
  dedupe_key: notification.dedupeKey,
  owner_id: notification.ownerId,
  avatar_id: notification.avatarId,
  avatar_name: notification.avatarName,
  order_id: notification.orderId,
  content: toJson(notification.content),
  status: state.status,
  sent_at: state.status === "sent" ? state.sentAt : null,
  message_id: state.status === "sent" ? (state.messageId ?? null) : null,
  failure_detail: state.status === "dead" ? state.detail : null,
  attempts: notification.attempts,
  due_at: notification.dueAt,
  created_at: notification.createdAt,
  version: notification.version + 1,
});

export const notificationOf = (row: NotificationRow): Notification => ({
  id: row.id,
  dedupeKey: row.dedupe_key,
  ownerId: row.owner_id,
  avatarId: row.avatar_id,
  avatarName: row.avatar_name,
  orderId: row.order_id,
  content: fromJson(row.content),
  state: states[row.status](row),
  attempts: row.attempts,
  dueAt: row.due_at,
  createdAt: row.created_at,
  version: row.version,
});

const states = {
  pending: () => ({ status: "pending" }),
  sending: () => ({ status: "sending" }),
  sent: (row) => ({ status: "sent", sentAt: notNull(row.sent_at), ...withoutNulls({ messageId: row.message_id }) }),
  undeliverable: () => ({ status: "undeliverable" }),
  dead: (row) => ({ status: "dead", detail: notNull(row.failure_detail) }),
} as const satisfies Record<NotificationState["status"], (row: NotificationRow) => NotificationState>;
