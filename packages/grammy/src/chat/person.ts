import type { StorageFailure } from "@likeness/core";
import { ok, safeTry, type ResultAsync } from "neverthrow";
import { findConversation } from "../conversation/conversations.ts";
import { placeOf, type Place } from "../conversation/place.ts";
import { actorOf } from "./actor.ts";
import type { ChatPorts, Person } from "./chat-ports.ts";

/** The person of a private chat, with the language they used last, for messages that do not answer an update. */
export const personIn = ({ store }: Pick<ChatPorts, "store">, place: Place): ResultAsync<Person, StorageFailure> =>
  safeTry(async function* () {
    const actor = actorOf(place.chatId);
    const { locale } = yield* findConversation(store.sessions, place);
    const owner = yield* store.owners.find(actor);
    return ok({ actor, ...placeOf(place), locale: owner?.locale ?? locale });
  });
