import type { JsonObject, SaveError, SessionRepository, StorageFailure } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import { z } from "zod";
import { actorOf } from "../actor.ts";
import { placeOf, type Place } from "../../conversation/place.ts";

/** The message that shows how a set of pictures is drawn. */
export interface DrawingLine extends Place {
  /** Absent until a message could be sent. */
  readonly messageId?: number;
  /** Identifies the job that updates the message. */
  readonly follower: string;
  /** A digest of its content; absent while that is not known. */
  readonly shown?: string;
}

const keyOf = (setId: string): string => `telegram:drawing:${setId}`;

export interface StoredLine {
  readonly line: DrawingLine | undefined;
  readonly version: number;
}

export const findLine = (sessions: SessionRepository, setId: string): ResultAsync<StoredLine, StorageFailure> =>
  sessions.find(keyOf(setId)).map((session) => ({
    line: stored.safeParse(session?.value).data,
    version: session?.version ?? 0,
  }));

/** Saves with compare-and-set; returns the new version. */
export const saveLine = (
  sessions: SessionRepository,
  setId: string,
  line: DrawingLine,
  version: number,
): ResultAsync<number, SaveError> =>
  sessions
    .save({ key: keyOf(setId), ownerId: actorOf(line.chatId), value: asJson(line), version })
    .map((saved) => saved.version);

export const forgetLine = (sessions: SessionRepository, setId: string): ResultAsync<void, StorageFailure> =>
  sessions.delete(keyOf(setId));

const asJson = ({ messageId, follower, shown, ...place }: DrawingLine): JsonObject => ({
  ...placeOf(place),
  follower,
  ...(messageId !== undefined && { messageId }),
  ...(shown !== undefined && { shown }),
});

const stored = z.object({
  chatId: z.number(),
  topicId: z.number().optional(),
  messageId: z.number().optional(),
  follower: z.string(),
  shown: z.string().optional(),
});
