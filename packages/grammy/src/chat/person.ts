import type { StorageFailure, Store } from "@likeness/core";
import type { User } from "grammy/types";
import { ok, okAsync, safeTry, type Result, type ResultAsync } from "neverthrow";
import { freshConversation, type Conversation } from "../conversation/conversation.ts";
import { changeConversation, findConversation } from "../conversation/conversations.ts";
import { placeOf, type Place } from "../conversation/place.ts";
import { actorOf } from "./actor.ts";
import type { ChatPorts, Person } from "./chat-ports.ts";

/** A person of a private chat, and the conversation with them. */
export interface FoundPerson {
  readonly person: Person;
  readonly conversation: Conversation;
  /** The language that the person has chosen for everything of theirs; absent: it follows Telegram. */
  readonly chosen?: string | undefined;
}

/**
 * Reads a person of a private chat. Their language is the one that they have chosen, otherwise the one that Telegram states
 * now, otherwise the one that it stated last.
 */
export const findPerson = (
  { owners, sessions }: Pick<Store, "owners" | "sessions">,
  place: Place,
  stated?: string,
): ResultAsync<FoundPerson, StorageFailure> =>
  safeTry(async function* () {
    const actor = actorOf(place.chatId);
    const owner = yield* owners.find(actor);
    const conversation = yield* findConversation(sessions, place);
    // Earlier versions stored the choice in the chat alone.
    const chosen = owner?.locale ?? (conversation.localeChosen ? conversation.locale : undefined);
    const person = { actor, ...placeOf(place), locale: chosen ?? stated ?? conversation.locale };
    return ok({ person, conversation, chosen });
  });

/** The same for messages that do not answer an update. */
export const personIn = ({ store }: Pick<ChatPorts, "store">, place: Place): ResultAsync<Person, StorageFailure> =>
  findPerson(store, place).map(({ person }) => person);

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
