import type { StorageFailure } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import { findConversation } from "../conversation/conversations.ts";
import { placeOf, type Place } from "../conversation/place.ts";
import { actorOf } from "./actor.ts";
import type { ChatPorts, Person } from "./chat-ports.ts";

/** Whose private chat it is, in the language they last used, for what is said without being asked. */
export const personIn = ({ store }: Pick<ChatPorts, "store">, place: Place): ResultAsync<Person, StorageFailure> =>
  findConversation(store.sessions, place).map(({ locale }) => ({
    actor: actorOf(place.chatId),
    ...placeOf(place),
    locale,
  }));
