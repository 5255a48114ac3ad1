import { ok, safeTry, type Result } from "neverthrow";
import { z } from "zod";
import { newAlbumId } from "../person/sends-files.ts";
import { addMessage } from "../state/chats.ts";
import { captionText } from "../text/formatted-text.ts";
import type { FormattedText } from "../text/parse-mode.ts";
import type { BotCall } from "../wire/calls.ts";
import { refuse, type Refusal } from "../wire/refusal.ts";
import { readMedia, type Media, type MediaKind } from "./media.ts";
import { captionOf, keyboardOf } from "./message-parts.ts";
import type { Method, MethodContext } from "./method.ts";
import { readReplyMarkup } from "./reply-markup.ts";
import { replyTo } from "./reply-to.ts";
import { threadOf } from "./thread.ts";
import { writableChat } from "./writable-chat.ts";

const sendMedia =
  (kind: MediaKind): Method =>
  (context, call) =>
    safeTry(function* () {
      const caption = yield* captionText(call);
      const markup = yield* readReplyMarkup(call.fields["reply_markup"]);
      const media = yield* readMedia(context, call, kind, call.fields[kind]);
      const chat = yield* writableChat(context, call);
      const thread = yield* threadOf(chat, call);
      const reply = yield* replyTo(chat, call);
      const content = { ...media(), ...captionOf(caption), ...reply, ...thread, ...keyboardOf(markup) };
      const { bot } = context.state;
      return ok({ result: addMessage(context, chat.person.id, { from: bot, content, fixed: markup.fixed }) });
    });

export const sendPhoto = sendMedia("photo");
export const sendDocument = sendMedia("document");

/** One item of an album. */
interface Item {
  readonly kind: MediaKind;
  readonly media: Media;
  readonly caption: FormattedText;
}

/** An album has no keyboard; the field is ignored. */
export const sendMediaGroup: Method = (context, call) =>
  safeTry(function* () {
    const items = yield* readItems(context, call);
    const chat = yield* writableChat(context, call);
    const thread = yield* threadOf(chat, call);
    const reply = yield* replyTo(chat, call);
    const media_group_id = newAlbumId(context);
    const result = items.map(({ media, caption }) => {
      const content = { media_group_id, ...media(), ...captionOf(caption), ...reply, ...thread };
      return addMessage(context, chat.person.id, { from: context.state.bot, content });
    });
    return ok({ result });
  });

function readItems(context: MethodContext, call: BotCall): Result<readonly Item[], Refusal> {
  const given = call.fields["media"];
  if (given === undefined) return refuse(400, 'parameter "media" is required');
  if (!Array.isArray(given)) return refuse(400, "can't parse media: expected an Array of InputMedia");
  if (given.length === 0) return refuse(400, "there are no messages to send");
  // A server might send a single one as a message of its own; the documentation asks for two.
  if (given.length < 2) return refuse(400, "media group must include 2-10 items");
  if (given.length > 10) return refuse(400, "too many messages to send as an album");
  return safeTry(function* () {
    const items: Item[] = [];
    for (const [index, one] of given.entries()) items.push(yield* readItem(context, call, one).mapErr(atItem(index)));
    const isMixed = new Set(items.map(({ kind }) => kind)).size > 1;
    return isMixed ? refuse(400, "document can't be mixed with other media types") : ok(items);
  });
}

/** An InputMedia. https://core.telegram.org/bots/api#inputmedia */
export function readItem(context: MethodContext, { uploads }: BotCall, given: unknown): Result<Item, Refusal> {
  const parsed = itemSchema.safeParse(given);
  if (!parsed.success) return refuse(400, "can't parse InputMedia: media not found");
  const { type, media: named, ...fields } = parsed.data;
  if (type !== "photo" && type !== "document") {
    return refuse(400, `can't parse InputMedia: type "${type}" is unsupported`);
  }
  return safeTry(function* () {
    const caption = yield* captionText({ fields });
    const media = yield* readMedia(context, { uploads }, type, named);
    return ok({ kind: type, media, caption });
  });
}

/** Errors that Telegram finds only after the upload name the position of the item. */
const atItem =
  (index: number) =>
  (refusal: Refusal): Refusal => {
    const code = /^Bad Request: ([A-Z_]+)$/.exec(refusal.description)?.[1];
    if (code === undefined) return refusal;
    return refuse(400, `failed to send message #${index + 1} with the error message "${code}"`).error;
  };

const itemSchema = z.looseObject({ type: z.string(), media: z.string() });
