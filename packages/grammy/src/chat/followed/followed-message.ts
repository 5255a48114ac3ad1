import type { JsonObject, SaveError, SessionRepository, StorageFailure } from "@likeness/core";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import { z } from "zod";
import { placeOf, type Place } from "../../conversation/place.ts";
import { actorOf } from "../actor.ts";

/** A message that a job keeps up to date until what it shows has ended: a training, or the pictures of a set. */
export interface FollowedMessage extends Place {
  /** Absent until a message could be sent. */
  readonly messageId?: number;
  /** Identifies the job that updates the message: one that is sent again gets a new id, and the older job ends. */
  readonly follower: string;
  /** A digest of its content; absent while that is not known. */
  readonly shown?: string;
  /** Messages that ask whether to cancel the training. */
  readonly asked?: readonly number[];
  /** The message that the order was not confirmed; absent once the order's outcome is known. */
  readonly notice?: number;
}

/** What a message shows. There is one message for each. */
export type FollowedKey = `telegram:${"training" | "drawing"}:${string}`;

export const trainingKey = (trainingId: string): FollowedKey => `telegram:training:${trainingId}`;

export const drawingKey = (setId: string): FollowedKey => `telegram:drawing:${setId}`;

export interface StoredMessage {
  readonly followed: FollowedMessage | undefined;
  readonly version: number;
}

export const findFollowed = (
  sessions: SessionRepository,
  key: FollowedKey,
): ResultAsync<StoredMessage, StorageFailure> =>
  sessions.find(key).map((session) => ({
    followed: stored.safeParse(session?.value).data,
    version: session?.version ?? 0,
  }));

/** Saves with compare-and-set; returns the new version. */
export const saveFollowed = (
  sessions: SessionRepository,
  key: FollowedKey,
  followed: FollowedMessage,
  version: number,
): ResultAsync<number, SaveError> =>
  sessions
    .save({ key, ownerId: actorOf(followed.chatId), value: asJson(followed), version })
    .map((saved) => saved.version);

/** Saved before an edit, during which the content of the message is not known. */
export const uncertain = ({ shown: _shown, ...rest }: FollowedMessage): FollowedMessage => rest;

/** How often a change is repeated after a version conflict. */
const attempts = 10;

/** Changes with compare-and-set. Does nothing if there is no message, or if `change` returns the same one. */
export const changeFollowed = (
  sessions: SessionRepository,
  key: FollowedKey,
  change: (followed: FollowedMessage) => FollowedMessage,
  left = attempts,
): ResultAsync<void, StorageFailure> =>
  findFollowed(sessions, key).andThen(({ followed, version }) => {
    const changed = followed && change(followed);
    if (!changed || changed === followed) return okAsync(undefined);
    return saveFollowed(sessions, key, changed, version)
      .map(() => undefined)
      .orElse((error) => {
        if (error.type === "storage-failure") return errAsync(error);
        if (left <= 1) return errAsync({ type: "storage-failure", cause: error } as const);
        return changeFollowed(sessions, key, change, left - 1);
      });
  });

export const forgetFollowed = (sessions: SessionRepository, key: FollowedKey): ResultAsync<void, StorageFailure> =>
  sessions.delete(key);

const asJson = ({ messageId, follower, shown, asked, notice, ...place }: FollowedMessage): JsonObject => ({
  ...placeOf(place),
  follower,
  ...(messageId !== undefined && { messageId }),
  ...(shown !== undefined && { shown }),
  ...(asked !== undefined && asked.length > 0 && { asked: [...asked] }),
  ...(notice !== undefined && { notice }),
});

const stored = z.object({
  chatId: z.number(),
  topicId: z.number().optional(),
  messageId: z.number().optional(),
  follower: z.string(),
  shown: z.string().optional(),
  asked: z.array(z.number()).optional(),
  notice: z.number().optional(),
});
