import type { StorageFailure, Store } from "@likeness/core";
import { ok, safeTry, type ResultAsync } from "neverthrow";
import type { Conversation } from "../conversation/conversation.ts";
import { findConversation } from "../conversation/conversations.ts";
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
