import { okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { Conversation } from "../../conversation/conversation.ts";
import { findConversation } from "../../conversation/conversations.ts";
import { editText } from "../../telegram/messages.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { editable, oldButton, type PressHandler } from "../press.ts";
import { storeLocale } from "../settings/store-locale.ts";
import { showStep } from "./show-step.ts";

/** *Language*: sets the language of the person, regardless of the one that Telegram states. */
export const chooseLocale: PressHandler = (ports, press) => {
  const locale = press.id;
  if (!ports.languages.includes(locale)) return okAsync(oldButton(ports, press));
  return safeTry(async function* () {
    const person = yield* storeLocale(ports, press.person, locale, press.stated);
    yield* translateGreeting(ports, person, yield* findConversation(ports.store.sessions, person));
    return showStep(ports, person, { editing: editable(press) }).map(() => undefined);
  });
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
