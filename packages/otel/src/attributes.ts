import type { Attributes } from "@opentelemetry/api";

/** The attribute of each field of an event. Fields that are not listed have none. */
const names: Readonly<Record<string, string>> = {
  orderId: "likeness.order.id",
  orderKind: "likeness.order.kind",
  avatarId: "likeness.avatar.id",
  ownerId: "likeness.owner.id",
  requestId: "likeness.request.id",
  photoId: "likeness.photo.id",
  deliveryId: "likeness.delivery.id",
  notificationId: "likeness.notification.id",
  erasureId: "likeness.erasure.id",
  kind: "likeness.job.kind",
  key: "likeness.job.key",
  attempt: "likeness.attempt",
  provider: "likeness.provider",
  method: "likeness.provider.method",
  source: "likeness.delivery.source",
  step: "likeness.delivery.step",
  template: "likeness.message.template",
  before: "likeness.order.before",
  status: "likeness.order.status",
  reason: "likeness.order.reason",
  note: "likeness.order.note",
  outcome: "likeness.outcome",
};

/** The attributes of an event, or of some of its fields. */
export const attributesOf = (event: object, fields: readonly string[] = Object.keys(names)): Attributes =>
  Object.fromEntries(
    Object.entries(event).flatMap(([field, value]) => {
      const name = fields.includes(field) ? names[field] : undefined;
      return name !== undefined && (typeof value === "string" || typeof value === "number") ? [[name, value]] : [];
    }),
  );
