import { Buffer } from "node:buffer";
import type { InboxDelivery, InboxOutcome, Timestamp } from "@likeness/core";
import { fromJson, withoutNulls, toInteger, toJson, type JsonText } from "./columns.ts";

export interface InboxRow {
  readonly id: string;
  readonly source: string;
  readonly request_id: string;
  readonly digest: string;
  readonly order_id: string | null;
  readonly owner_id: string | null;
  readonly headers: JsonText<Readonly<Record<string, string>>>;
  /** Base64, because a signature covers bytes, and a body may not be valid text. */
  readonly body: string;
  readonly received_at: Timestamp;
  readonly verified: 0 | 1;
  readonly outcome: InboxOutcome | null;
  readonly settled_at: Timestamp | null;
}

/** The emptied headers and body of a delivery that has an outcome. */
export const nothingLeft = { headers: toJson({}), body: "" } as const satisfies Partial<InboxRow>;

export const inboxRow = (delivery: InboxDelivery): InboxRow => ({
  id: delivery.id,
  source: delivery.source,
  request_id: delivery.requestId,
  digest: delivery.digest,
  order_id: delivery.orderId ?? null,
  owner_id: delivery.ownerId ?? null,
  headers: toJson(delivery.headers),
  body: Buffer.from(delivery.body).toString("base64"),
  received_at: delivery.receivedAt,
  verified: toInteger(delivery.verified),
  outcome: delivery.outcome ?? null,
  settled_at: delivery.settledAt ?? null,
});

export const deliveryOf = (row: InboxRow): InboxDelivery => ({
  id: row.id,
  source: row.source,
  requestId: row.request_id,
  digest: row.digest,
  headers: fromJson(row.headers),
  body: new Uint8Array(Buffer.from(row.body, "base64")),
  receivedAt: row.received_at,
  verified: row.verified === 1,
  ...withoutNulls({ orderId: row.order_id, ownerId: row.owner_id, outcome: row.outcome, settledAt: row.settled_at }),
});
