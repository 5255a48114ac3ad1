import { ok, safeTry } from "neverthrow";
import { addMessage } from "../state/chats.ts";
import { messageText } from "../text/formatted-text.ts";
import { numberOf, textOf } from "../wire/text-of.ts";
import type { Method } from "./method.ts";
import { entitiesOf, keyboardOf } from "./message-parts.ts";
import { readReplyMarkup } from "./reply-markup.ts";
import { replyTo } from "./reply-to.ts";
import { threadOf } from "./thread.ts";
import { writableChat } from "./writable-chat.ts";

export const sendMessage: Method = (context, call) =>
  safeTry(function* () {
    const { text, entities } = yield* messageText(call);
    const markup = yield* readReplyMarkup(call.fields["reply_markup"]);
    const chat = yield* writableChat(context, call);
    const thread = yield* threadOf(chat, call);
    const reply = yield* replyTo(chat, call);
    const content = { text, ...entitiesOf("entities", entities), ...reply, ...thread, ...keyboardOf(markup) };
    return ok({
      result: addMessage(context, chat.person.id, { from: context.state.bot, content, fixed: markup.fixed }),
    });
  });

/** A text that is still being written: shown, but not stored. */
export const sendMessageDraft: Method = (context, call) =>
  writableChat(context, call).map((chat) => {
    const draft = { draftId: numberOf(call, "draft_id") ?? 0, text: textOf(call, "text") };
    context.events.emit({ type: "draft", chatId: chat.person.id, ...draft });
    return { result: true };
  });
