import type { StorageFailure } from "@likeness/core";
import type { User } from "grammy/types";
import { okAsync, type Result, type ResultAsync } from "neverthrow";
import { freshConversation, type Conversation } from "../../conversation/conversation.ts";
import { changeConversation, findConversation } from "../../conversation/conversations.ts";
import { actorOf } from "../actor.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";

/** Somebody who did something in their private chat, and where the chat with them stands. */
export interface Visit {
  readonly person: Person;
  readonly conversation: Conversation;
}

/** The person speaks the language they chose, else the one that Telegram names now. */
export const visitorOf = (from: User, { locale, localeChosen }: Conversation = freshConversation): Person => ({
  actor: actorOf(from.id),
  chatId: from.id,
  locale: localeChosen ? locale : (from.language_code ?? locale),
});

export const visit = ({ store }: Pick<ChatPorts, "store">, from: User): ResultAsync<Visit, StorageFailure> =>
  findConversation(store.sessions, from.id).map((conversation) => ({
    person: visitorOf(from, conversation),
    conversation,
  }));

/** Whoever did it, also when the store does not tell where the chat with them stands. */
export const whoVisits = (from: User, visited: Result<Visit, StorageFailure>): Person =>
  visited.isOk() ? visited.value.person : visitorOf(from);

/** Remembers the language for what is said later, without being asked. */
export const noteLocale = (
  { store }: Pick<ChatPorts, "store">,
  { person: { chatId, locale }, conversation }: Visit,
): ResultAsync<void, StorageFailure> =>
  conversation.locale === locale
    ? okAsync(undefined)
    : changeConversation(store.sessions, chatId, (stored) =>
        stored.localeChosen ? stored : { ...stored, locale },
      ).map(() => undefined);
