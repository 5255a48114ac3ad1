import { requestOf, type Training } from "@likeness/core";
import { expect } from "vitest";
import type { LogEntry } from "../clock/recording-log.ts";

/** Each of these ids is enough to find a row, or what is left of an erased one. */
const ids = ["orderId", "avatarId", "photoId", "notificationId", "deliveryId", "key"];

/** Messages with only the training's id: about webhooks, before the training is read, and about erased trainings. */
const knowsItsIdOnly = /webhook|keys out of reach|erased|erasing|cleaning up/;

/** Messages about the sweeper itself, which concern no row. */
const aboutNobody = ["the sweep could not be nudged"];

/** Every warning and error names the owner whom it concerns. */
export function expectIds(entries: readonly LogEntry[]): void {
  const troubles = entries.filter(({ level, message }) => /warn|error/.test(level) && !aboutNobody.includes(message));
  for (const { message, fields } of troubles) {
    expect(
      ids.filter((id) => id in fields),
      `an id in "${message}"`,
    ).not.toStrictEqual([]);
    if ("orderId" in fields && !knowsItsIdOnly.test(message))
      expect(fields, `whose training it is in "${message}"`).toMatchObject({
        avatarId: expect.any(String),
        ownerId: expect.any(String),
      });
  }
}

/** The ids in a log line about a training. */
export const idsIn = (training: Training): Readonly<Record<string, string>> => {
  const { id: orderId, kind, avatarId, ownerId } = training;
  const requestId = requestOf(training)?.requestId;
  return { orderId, kind, avatarId, ownerId, ...(requestId !== undefined && { requestId }) };
};
