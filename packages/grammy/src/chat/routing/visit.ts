import type { StorageFailure } from "@likeness/core";
import type { User } from "grammy/types";
import { okAsync, type Result, type ResultAsync } from "neverthrow";
import { freshConversation } from "../../conversation/conversation.ts";
import { changeConversation } from "../../conversation/conversations.ts";
import { placeOf } from "../../conversation/place.ts";
import { actorOf } from "../actor.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { findPerson, type FoundPerson } from "../person.ts";

/** The person of an update in their private chat, and its topic; absent: no topic, or Telegram does not say. */
export interface Visitor {
  readonly from: User;
  readonly topicId?: number;
}

/** Reads the person of an update, and the conversation with them. */
export const visit = (
  { store }: Pick<ChatPorts, "store">,
  { from, topicId }: Visitor,
): ResultAsync<FoundPerson, StorageFailure> =>
  findPerson(store, placeOf({ chatId: from.id, topicId }), from.language_code);

/** The person of the update, also when the store fails and the conversation is not known. */
export const whoVisits = ({ from, topicId }: Visitor, visited: Result<FoundPerson, StorageFailure>): Person =>
  visited.isOk()
    ? visited.value.person
    : {
        actor: actorOf(from.id),
        ...placeOf({ chatId: from.id, topicId }),
        locale: from.language_code ?? freshConversation.locale,
      };

/** Notes that the person was seen, and their language. */
export const noteVisit = (
  ports: Pick<ChatPorts, "store" | "likeness">,
  visited: FoundPerson,
): ResultAsync<void, StorageFailure> =>
  ports.likeness.owners.seen(visited.person).andThen(() => noteLocale(ports, visited));

/** Notes a person's language for messages that do not answer an update. */
export const noteLocale = (
  { store }: Pick<ChatPorts, "store">,
  { person, conversation, chosen }: FoundPerson,
): ResultAsync<void, StorageFailure> =>
  conversation.locale === person.locale
    ? okAsync(undefined)
    : changeConversation(store.sessions, person, (stored) =>
        stored.localeChosen && chosen === undefined ? stored : { ...stored, locale: person.locale },
      ).map(() => undefined);
