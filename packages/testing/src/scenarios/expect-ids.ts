import { requestOf, type Training } from "@likeness/core";
import { expect } from "vitest";
import type { LogEntry } from "../clock/recording-log.ts";

/** Each is enough to find a row, or what is left of one. */
const ids = ["trainingId", "avatarId", "photoId", "notificationId", "deliveryId", "key"];

/** What knows a training by its id alone: webhooks, before their training is read, and what an erased one left to do. */
const knowsItsIdOnly = /webhook|keys out of reach|erased|erasing|cleaning up/;

/** About the sweeper itself, which is about no row. */
const aboutNobody = ["the sweep could not be nudged"];

/** Whatever an operator has to look at, or may have to, says whose it is. */
export function expectIds(entries: readonly LogEntry[]): void {
  const troubles = entries.filter(({ level, message }) => /warn|error/.test(level) && !aboutNobody.includes(message));
  for (const { message, fields } of troubles) {
    expect(
      ids.filter((id) => id in fields),
      `an id in "${message}"`,
    ).not.toStrictEqual([]);
    if ("trainingId" in fields && !knowsItsIdOnly.test(message))
      expect(fields, `whose training it is in "${message}"`).toMatchObject({
        avatarId: expect.any(String),
        ownerId: expect.any(String),
      });
  }
}

/** The ids that a line about a training bears. */
export const idsIn = (training: Training): Readonly<Record<string, string>> => {
  const { id: trainingId, avatarId, ownerId } = training;
  const requestId = requestOf(training)?.requestId;
  return { trainingId, avatarId, ownerId, ...(requestId !== undefined && { requestId }) };
};
