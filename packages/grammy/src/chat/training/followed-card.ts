import type { JsonObject, SaveError, SessionRepository, StorageFailure } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import { z } from "zod";

/** The message that shows how far a training is. */
export interface FollowedCard {
  readonly chatId: number;
  /** Absent while no message could be sent. */
  readonly messageId?: number;
  /** Names the job that keeps it up to date: a card that was shown anew has another one, and the older job ends. */
  readonly follower: string;
  /** What it shows, as a digest. */
  readonly shown?: string;
}

const keyOf = (trainingId: string): string => `telegram:training:${trainingId}`;

export interface StoredCard {
  readonly card: FollowedCard | undefined;
  readonly version: number;
}

export const findCard = (sessions: SessionRepository, trainingId: string): ResultAsync<StoredCard, StorageFailure> =>
  sessions.find(keyOf(trainingId)).map((session) => ({
    card: stored.safeParse(session?.value).data,
    version: session?.version ?? 0,
  }));

export const saveCard = (
  sessions: SessionRepository,
  trainingId: string,
  card: FollowedCard,
  version: number,
): ResultAsync<void, SaveError> =>
  sessions.save({ key: keyOf(trainingId), value: asJson(card), version }).map(() => undefined);

export const forgetCard = (sessions: SessionRepository, trainingId: string): ResultAsync<void, StorageFailure> =>
  sessions.delete(keyOf(trainingId));

const asJson = ({ chatId, messageId, follower, shown }: FollowedCard): JsonObject => ({
  chatId,
  follower,
  ...(messageId !== undefined && { messageId }),
  ...(shown !== undefined && { shown }),
});

const stored = z.object({
  chatId: z.number(),
  messageId: z.number().optional(),
  follower: z.string(),
  shown: z.string().optional(),
});
