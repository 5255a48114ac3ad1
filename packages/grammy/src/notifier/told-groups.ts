import type { SessionRepository } from "@likeness/core";
import { okAsync, type ResultAsync } from "neverthrow";
import { z } from "zod";

const keyOf = (notificationId: string): string => `telegram:told:${notificationId}`;

export interface ToldGroups {
  /** How many groups of pictures of the message Telegram has accepted. */
  readonly told: number;
  readonly version: number;
}

/**
 * What an earlier attempt to send a message got through, so that another one does not send the same album twice. If the
 * store fails, nothing is known.
 */
export const findTold = (sessions: SessionRepository, notificationId: string): ResultAsync<ToldGroups, never> =>
  sessions
    .find(keyOf(notificationId))
    .map((session) => ({ told: stored.safeParse(session?.value).data?.told ?? 0, version: session?.version ?? 0 }))
    .orElse(() => okAsync({ told: 0, version: 0 }));

/** Errors are ignored: at worst an album is sent twice. */
export const noteTold = (
  sessions: SessionRepository,
  notificationId: string,
  { told, version }: ToldGroups,
): ResultAsync<ToldGroups, never> =>
  sessions
    .save({ key: keyOf(notificationId), value: { told }, version })
    .map((saved) => ({ told, version: saved.version }))
    .orElse(() => okAsync({ told, version }));

/** The message was sent. */
export const forgetTold = (sessions: SessionRepository, notificationId: string): ResultAsync<void, never> =>
  sessions.delete(keyOf(notificationId)).orElse(() => okAsync(undefined));

const stored = z.object({ told: z.number() });
