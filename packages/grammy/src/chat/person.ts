import type { StorageFailure } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import { findConversation } from "../conversation/conversations.ts";
import { actorOf } from "./actor.ts";
import type { ChatPorts, Person } from "./chat-ports.ts";

/** Whose private chat it is, in the language they last used, for what is said without being asked. */
export const personIn = ({ store }: Pick<ChatPorts, "store">, chatId: number): ResultAsync<Person, StorageFailure> =>
  findConversation(store.sessions, chatId).map(({ locale }) => ({ actor: actorOf(chatId), chatId, locale }));
