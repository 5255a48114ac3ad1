import { okAsync, type ResultAsync } from "neverthrow";
import type { Conversation } from "../../conversation/conversation.ts";
import { changeConversation } from "../../conversation/conversations.ts";
import { editText } from "../../telegram/messages.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { editable, oldButton, type PressHandler } from "../press.ts";
import { showStep } from "./show-step.ts";

/** *Language*: sets the language of the chat, regardless of the one that Telegram states. */
export const chooseLocale: PressHandler = (ports, press) => {
  const locale = press.id;
  if (!ports.languages.includes(locale)) return okAsync(oldButton(ports, press));
  return changeConversation(ports.store.sessions, press.person, (conversation) =>
    conversation.localeChosen && conversation.locale === locale
      ? conversation
      : { ...conversation, locale, localeChosen: true },
  )
    .andThen(({ after }) => translateGreeting(ports, { ...press.person, locale }, after))
    .andThen(() => showStep(ports, { ...press.person, locale }, { editing: editable(press) }))
    .map(() => undefined);
};

/**
 * Translates the greeting, which tells a new person what happens to their photos. Errors are ignored: the question
 * follows.
 */
const translateGreeting = (
  { api, say }: Pick<ChatPorts, "api" | "say">,
  { chatId, locale }: Person,
  { step, greetingId }: Conversation,
): ResultAsync<unknown, never> =>
  step.name === "kind" && greetingId !== undefined
    ? editText(api, chatId, greetingId, say(locale, "welcome")).orElse(() => okAsync(undefined))
    : okAsync(undefined);
