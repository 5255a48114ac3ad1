import type { StorageFailure } from "@likeness/core";
import { errAsync, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { changeConversation } from "../../conversation/conversations.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";

/** Stores the language that a person has chosen with the owner, and in the chat, which jobs read. `undefined`: it follows Telegram again. */
export const storeLocale = (
  { store, likeness }: Pick<ChatPorts, "store" | "likeness">,
  person: Person,
  chosen: string | undefined,
  stated: string | undefined,
): ResultAsync<Person, StorageFailure> =>
  safeTry(async function* () {
    yield* likeness.owners
      .changeSettings({ actor: person.actor, locale: chosen ?? null })
      .map(() => undefined)
      .orElse((error) => (error.type === "storage-failure" ? errAsync(error) : okAsync(undefined)));
    const locale = chosen ?? stated ?? "en";
    yield* changeConversation(store.sessions, person, (conversation) => {
      const localeChosen = chosen !== undefined;
      return conversation.localeChosen === localeChosen && conversation.locale === locale
        ? conversation
        : { ...conversation, locale, localeChosen };
    });
    return ok({ ...person, locale });
  });
