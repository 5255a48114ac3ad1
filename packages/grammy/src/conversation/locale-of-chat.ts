import type { Store } from "@likeness/core";
import { okAsync, type ResultAsync } from "neverthrow";
import { actorOf } from "../chat/actor.ts";
import { findConversation } from "./conversations.ts";
import { freshConversation } from "./conversation.ts";

/** The language of a private chat: what its person has chosen, else what Telegram last stated. Never fails. */
export const localeOfChat = (
  { owners, sessions }: Pick<Store, "owners" | "sessions">,
  chatId: number,
): ResultAsync<string, never> =>
  owners
    .find(actorOf(chatId))
    .andThen((owner) =>
      owner?.locale === undefined
        ? findConversation(sessions, { chatId }).map(({ locale }) => locale)
        : okAsync(owner.locale),
    )
    .orElse(() => okAsync(freshConversation.locale));
