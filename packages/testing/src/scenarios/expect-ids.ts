import { requestOf, type Order } from "@likeness/core";
import { expect } from "vitest";
import type { LogEntry } from "../clock/recording-log.ts";

/** Each of these ids is enough to find a row, or what is left of an erased one. */
const ids = ["orderId", "avatarId", "photoId", "notificationId", "deliveryId", "erasureId", "key"];

/** Messages with only the order's id: about webhooks, before the order is read, and about erased orders. */
const knowsItsIdOnly = /webhook|keys out of reach|our account is not known|erased|erasing|cleaning up/;

/** Messages about the sweeper and the alarms, which concern no row. */
const aboutNobody = /^the sweep could not be nudged$|^reservations of credits could not be looked through$|\balarms?\b/;

/** Every warning and error names the owner whom it concerns. */
export function expectIds(entries: readonly LogEntry[]): void {
  const troubles = entries.filter(({ level, message }) => /warn|error/.test(level) && !aboutNobody.test(message));
  for (const { message, fields } of troubles) {
    expect(
      ids.filter((id) => id in fields),
      `an id in "${message}"`,
    ).not.toStrictEqual([]);
    if ("orderId" in fields && !knowsItsIdOnly.test(message))
      expect(fields, `whose order it is in "${message}"`).toMatchObject({
        avatarId: expect.any(String),
        ownerId: expect.any(String),
      });
  }
}

/** The ids in a log line about an order. */
export const idsIn = (order: Order): Readonly<Record<string, string>> => {
  const { id: orderId, kind, avatarId, ownerId } = order;
  const requestId = requestOf(order)?.requestId;
  return { orderId, kind, avatarId, ownerId, ...(requestId !== undefined && { requestId }) };
};
