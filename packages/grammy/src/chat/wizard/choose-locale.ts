import { okAsync } from "neverthrow";
import { changeConversation } from "../../conversation/conversations.ts";
import { editable, oldButton, type PressHandler } from "../press.ts";
import { showStep } from "./show-step.ts";

/** *Language*: the chat speaks it from now on, whatever Telegram says about the person. */
export const chooseLocale: PressHandler = (ports, press) => {
  const locale = press.id;
  if (!ports.languages.includes(locale)) return okAsync(oldButton(ports, press));
  return changeConversation(ports.store.sessions, press.person.chatId, (conversation) =>
    conversation.localeChosen && conversation.locale === locale
      ? conversation
      : { ...conversation, locale, localeChosen: true },
  )
    .andThen(() => showStep(ports, { ...press.person, locale }, { editing: editable(press) }))
    .map(() => undefined);
};
