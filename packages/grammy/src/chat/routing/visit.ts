import type { StorageFailure } from "@likeness/core";
import type { User } from "grammy/types";
import { ok, okAsync, safeTry, type Result, type ResultAsync } from "neverthrow";
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
  { locale, localeChosen }: Pick<Conversation, "locale" | "localeChosen"> = freshConversation,
): Person => ({
  actor: actorOf(from.id),
  ...placeOf({ chatId: from.id, topicId }),
  locale: localeChosen ? locale : (from.language_code ?? locale),
});

/** Reads the conversation, and the language that the person has chosen. */
export const visit = (
  { store, likeness }: Pick<ChatPorts, "store" | "likeness">,
  visitor: Visitor,
): ResultAsync<Visit, StorageFailure> =>
  safeTry(async function* () {
    const actor = actorOf(visitor.from.id);
    const { locale: chosen } = yield* likeness.owners.settings({ actor });
    const place = placeOf({ chatId: visitor.from.id, topicId: visitor.topicId });
    const stored = yield* findConversation(store.sessions, place);
    const conversation = chosen === undefined ? stored : { ...stored, localeChosen: true };
    const person = visitorOf(visitor, chosen === undefined ? stored : { locale: chosen, localeChosen: true });
    return ok({ person, conversation });
  });

/** The person of the update, also when the store fails and the conversation is not known. */
export const whoVisits = (visitor: Visitor, visited: Result<Visit, StorageFailure>): Person =>
  visited.isOk() ? visited.value.person : visitorOf(visitor);

/** Notes that the person was seen, and their language for messages that do not answer an update. */
export const noteVisit = (
  { store, likeness }: Pick<ChatPorts, "store" | "likeness">,
  { person, conversation }: Visit,
): ResultAsync<void, StorageFailure> =>
  likeness.owners.seen(person).andThen(() => noteLocale(store, person, conversation));

const noteLocale = (
  store: ChatPorts["store"],
  person: Person,
  conversation: Conversation,
): ResultAsync<void, StorageFailure> =>
  conversation.locale === person.locale
    ? okAsync(undefined)
    : changeConversation(store.sessions, person, (stored) =>
        stored.localeChosen && !conversation.localeChosen ? stored : { ...stored, locale: person.locale },
      ).map(() => undefined);
