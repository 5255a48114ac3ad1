import type { StorageFailure } from "@likeness/core";
import type { User } from "grammy/types";
import { okAsync, type Result, type ResultAsync } from "neverthrow";
import { freshConversation, type Conversation } from "../../conversation/conversation.ts";
import { changeConversation, findConversation } from "../../conversation/conversations.ts";
import { placeOf } from "../../conversation/place.ts";
import { actorOf } from "../actor.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";

/** Somebody who did something in their private chat, and where the chat with them stands. */
export interface Visit {
  readonly person: Person;
  readonly conversation: Conversation;
}

/** Who did something in their private chat, and in which topic of it; absent: in none, or Telegram does not tell. */
export interface Visitor {
  readonly from: User;
  readonly topicId?: number;
}

/** The person speaks the language they chose, else the one that Telegram names now. */
export const visitorOf = (
  { from, topicId }: Visitor,
  { locale, localeChosen }: Conversation = freshConversation,
): Person => ({
  actor: actorOf(from.id),
  ...placeOf({ chatId: from.id, topicId }),
  locale: localeChosen ? locale : (from.language_code ?? locale),
});

export const visit = ({ store }: Pick<ChatPorts, "store">, visitor: Visitor): ResultAsync<Visit, StorageFailure> =>
  findConversation(store.sessions, placeOf({ chatId: visitor.from.id, topicId: visitor.topicId })).map(
    (conversation) => ({
      person: visitorOf(visitor, conversation),
      conversation,
    }),
  );

/** Whoever did it, also when the store does not tell where the chat with them stands. */
export const whoVisits = (visitor: Visitor, visited: Result<Visit, StorageFailure>): Person =>
  visited.isOk() ? visited.value.person : visitorOf(visitor);

/** Remembers the language for what is said later, without being asked. */
export const noteLocale = (
  { store }: Pick<ChatPorts, "store">,
  { person, conversation }: Visit,
): ResultAsync<void, StorageFailure> =>
  conversation.locale === person.locale
    ? okAsync(undefined)
    : changeConversation(store.sessions, person, (stored) =>
        stored.localeChosen ? stored : { ...stored, locale: person.locale },
      ).map(() => undefined);
