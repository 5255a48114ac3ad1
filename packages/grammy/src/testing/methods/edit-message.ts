import { ok, safeTry, type Result } from "neverthrow";
import type { Message } from "grammy/types";
import { findMessage, replaceMessage } from "../state/chats.ts";
import type { MessageRecord } from "../state/telegram-snapshot.ts";
import { withoutUndefined } from "../state/without-undefined.ts";
import { captionText, messageText } from "../text/formatted-text.ts";
import type { BotCall, MethodResult } from "../wire/calls.ts";
import { refuse, type Refusal } from "../wire/refusal.ts";
import { numberOf } from "../wire/text-of.ts";
import { captionOf, entitiesOf, keyboardOf } from "./message-parts.ts";
import type { Method, MethodContext } from "./method.ts";
import { readReplyMarkup } from "./reply-markup.ts";
import { readItem } from "./send-media.ts";
import { writableChat } from "./writable-chat.ts";

interface Editable {
  readonly personId: number;
  readonly record: MessageRecord;
}

/** The bot can edit its own messages of any age, except those with a custom keyboard. */
function editable(context: MethodContext, call: BotCall): Result<Editable, Refusal> {
  return writableChat(context, call).andThen((chat) => {
    const messageId = numberOf(call, "message_id");
    if (messageId === undefined) return refuse(400, "message identifier is not specified");
    const record = findMessage(chat, messageId);
    if (!record) return refuse(400, "message to edit not found");
    const isOwn = record.message.from?.id === context.state.bot.id;
    return isOwn && !record.fixed ? ok({ personId: chat.person.id, record }) : refuse(400, "message can't be edited");
  });
}

/** The fields that an edit replaces. A keyboard that is not sent again is removed. */
const replaceable = ["text", "entities", "caption", "caption_entities", "photo", "document", "reply_markup"] as const;

function edit(context: MethodContext, { personId, record }: Editable, content: Partial<Message>): MethodResult {
  const before = record.message;
  const bare = Object.fromEntries(replaceable.map((field) => [field, undefined]));
  const after = withoutUndefined<Message>({ ...before, ...bare, ...content });
  if (replaceable.every((field) => JSON.stringify(before[field]) === JSON.stringify(after[field]))) {
    return refuse(400, notModified);
  }
  const message = { ...after, edit_date: context.timers.date() };
  return ok({ result: replaceMessage(context, personId, { ...record, message }) });
}

const notModified =
  "message is not modified: specified new message content and reply markup are exactly the same as a current content " +
  "and reply markup of the message";

export const editMessageText: Method = (context, call) =>
  safeTry(function* () {
    const { text, entities } = yield* messageText(call);
    const markup = yield* readReplyMarkup(call.fields["reply_markup"]);
    const target = yield* editable(context, call);
    if (target.record.message.text === undefined) return refuse(400, "there is no text in the message to edit");
    return edit(context, target, { text, ...entitiesOf("entities", entities), ...keyboardOf(markup) });
  });

export const editMessageCaption: Method = (context, call) =>
  safeTry(function* () {
    const caption = yield* captionText(call);
    const markup = yield* readReplyMarkup(call.fields["reply_markup"]);
    const target = yield* editable(context, call);
    const { photo, document } = target.record.message;
    if (!photo && !document) return refuse(400, "there is no caption in the message to edit");
    return edit(context, target, { photo, document, ...captionOf(caption), ...keyboardOf(markup) });
  });

export const editMessageMedia: Method = (context, call) =>
  safeTry(function* () {
    const { kind, media, caption } = yield* readItem(context, call, call.fields["media"]);
    const markup = yield* readReplyMarkup(call.fields["reply_markup"]);
    const target = yield* editable(context, call);
    const { media_group_id, [kind]: same } = target.record.message;
    if (media_group_id !== undefined && !same) return refuse(400, "can't change media type in the album");
    return edit(context, target, { ...media(), ...captionOf(caption), ...keyboardOf(markup) });
  });

export const editMessageReplyMarkup: Method = (context, call) =>
  safeTry(function* () {
    const markup = yield* readReplyMarkup(call.fields["reply_markup"]);
    const target = yield* editable(context, call);
    return edit(context, target, { ...target.record.message, reply_markup: undefined, ...keyboardOf(markup) });
  });
