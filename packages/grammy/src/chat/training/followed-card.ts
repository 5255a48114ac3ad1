import type { JsonObject, SaveError, SessionRepository, StorageFailure } from "@likeness/core";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import { z } from "zod";
import { actorOf } from "../actor.ts";
import { placeOf, type Place } from "../../conversation/place.ts";

/** The message that shows the progress of a training. */
export interface FollowedCard extends Place {
  /** Absent until a message could be sent. */
  readonly messageId?: number;
  /** Identifies the job that updates the card: a card that is sent again gets a new id, and the older job ends. */
  readonly follower: string;
  /** A digest of its content; absent while that is not known. */
  readonly shown?: string;
  /** Messages that ask whether to cancel the training. */
  readonly asked?: readonly number[];
  /** The message that the order was not confirmed; absent once the order's outcome is known. */
  readonly notice?: number;
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

/** Saves with compare-and-set; returns the new version. */
export const saveCard = (
  sessions: SessionRepository,
  trainingId: string,
  card: FollowedCard,
  version: number,
): ResultAsync<number, SaveError> =>
  sessions
    .save({ key: keyOf(trainingId), ownerId: actorOf(card.chatId), value: asJson(card), version })
    .map((saved) => saved.version);

/** Saved before an edit, during which the content of the message is not known. */
export const uncertain = ({ shown: _shown, ...rest }: FollowedCard): FollowedCard => rest;

/** How often a change is repeated after a version conflict. */
const attempts = 10;

/** Changes a card with compare-and-set. Does nothing if there is no card, or if `change` returns the same one. */
export const changeCard = (
  sessions: SessionRepository,
  trainingId: string,
  change: (card: FollowedCard) => FollowedCard,
  left = attempts,
): ResultAsync<void, StorageFailure> =>
  findCard(sessions, trainingId).andThen(({ card, version }) => {
    const changed = card && change(card);
    if (!changed || changed === card) return okAsync(undefined);
    return saveCard(sessions, trainingId, changed, version)
      .map(() => undefined)
      .orElse((error) => {
        if (error.type === "storage-failure") return errAsync(error);
        if (left <= 1) return errAsync({ type: "storage-failure", cause: error } as const);
        return changeCard(sessions, trainingId, change, left - 1);
      });
  });

export const forgetCard = (sessions: SessionRepository, trainingId: string): ResultAsync<void, StorageFailure> =>
  sessions.delete(keyOf(trainingId));

const asJson = ({ messageId, follower, shown, asked, notice, ...place }: FollowedCard): JsonObject => ({
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
