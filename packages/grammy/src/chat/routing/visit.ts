import type { StorageFailure } from "@likeness/core";
import type { User } from "grammy/types";
import { okAsync, type Result, type ResultAsync } from "neverthrow";
import { freshConversation, type Conversation } from "../../conversation/conversation.ts";
import { changeConversation, findConversation } from "../../conversation/conversations.ts";
import { placeOf } from "../../conversation/place.ts";
import { actorOf } from "../actor.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";

/** The person of an update in their private chat, and the conversation with them. */
export interface Visit {
  readonly person: Person;
  readonly conversation: Conversation;
}

/** The person of an update in their private chat, and its topic; absent: no topic, or Telegram does not say. */
export interface Visitor {
  readonly from: User;
  readonly topicId?: number;
}

/** The language that the person chose, otherwise the one that Telegram states now. */
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

/** The person of the update, also when the store fails and the conversation is not known. */
export const whoVisits = (visitor: Visitor, visited: Result<Visit, StorageFailure>): Person =>
  visited.isOk() ? visited.value.person : visitorOf(visitor);

/** Stores the language for messages that do not answer an update. */
export const noteLocale = (
  { store }: Pick<ChatPorts, "store">,
  { person, conversation }: Visit,
): ResultAsync<void, StorageFailure> =>
  conversation.locale === person.locale
    ? okAsync(undefined)
    : changeConversation(store.sessions, person, (stored) =>
        stored.localeChosen ? stored : { ...stored, locale: person.locale },
      ).map(() => undefined);
