import { err, ok, type Result } from "neverthrow";
import { z } from "zod";
import type { InlineKeyboardMarkup } from "grammy/types";
import { refuse, type Refusal } from "../wire/refusal.ts";

export interface Markup {
  readonly keyboard?: InlineKeyboardMarkup;
  /** A custom keyboard, its removal or a forced reply: the message can never be edited. */
  readonly fixed?: boolean;
}

/** The keyboard below a message. https://core.telegram.org/bots/api#inlinekeyboardmarkup */
export function readReplyMarkup(given: unknown): Result<Markup, Refusal> {
  if (given === undefined) return ok({});
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    return refuse(400, "object expected as reply markup");
  }
  if ("inline_keyboard" in given) return readInlineKeyboard(given.inline_keyboard);
  if ("keyboard" in given) return readRows(given.keyboard, "keyboard").map(() => ({ fixed: true }));
  return ok("remove_keyboard" in given || "force_reply" in given ? { fixed: true } : {});
}

/** Telegram shows no more buttons on one message. */
const mostButtons = 100;

function readInlineKeyboard(given: unknown): Result<Markup, Refusal> {
  return readRows(given, "inline_keyboard").andThen((rows) => {
    for (const button of rows.flat()) {
      const problem = objectionTo(button);
      if (problem !== undefined) return refuse(400, problem);
    }
    if (rows.flat().length > mostButtons) return refuse(400, "reply markup is too long");
    const filled = rows.filter((row) => row.length > 0);
    // Safe, because each button was checked above.
    return ok(filled.length > 0 ? { keyboard: { inline_keyboard: filled } as InlineKeyboardMarkup } : {});
  });
}

function readRows(given: unknown, field: string): Result<readonly (readonly unknown[])[], Refusal> {
  if (!Array.isArray(given)) {
    return err(refuse(400, `can't parse reply keyboard markup: Field "${field}" must be of type Array`).error);
  }
  return given.every(Array.isArray)
    ? ok(given)
    : err(refuse(400, `can't parse reply keyboard markup: Field "${field}" must be an Array of Arrays`).error);
}

function objectionTo(button: unknown): string | undefined {
  const intro = "can't parse inline keyboard button";
  if (typeof button !== "object" || button === null) return `${intro}: InlineKeyboardButton must be an Object`;
  const parsed = buttonSchema.safeParse(button);
  if (!parsed.success) return `${intro}: Field "${String(parsed.error.issues[0]?.path[0])}" must be of type String`;
  const { text, callback_data, url, ...others } = parsed.data;
  if (text.trim() === "") return "inline keyboard button text must be non-empty";
  if (callback_data) return Buffer.byteLength(callback_data) > 64 ? "BUTTON_DATA_INVALID" : undefined;
  if (url) return isLink(url) ? undefined : `inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`;
  const acts = actions.some((action) => action in others);
  return acts ? undefined : `${intro}: Text buttons are unallowed in the inline keyboard`;
}

const isLink = (url: string): boolean => /^(?:https?|ton|tg|tonsite):$/.test(URL.parse(url)?.protocol ?? "");

/** Actions of a button other than sending data and opening a page. */
const actions = [
  "web_app",
  "login_url",
  "switch_inline_query",
  "switch_inline_query_current_chat",
  "switch_inline_query_chosen_chat",
  "copy_text",
  "callback_game",
  "pay",
];

const buttonSchema = z.looseObject({
  text: z.string(),
  callback_data: z.string().nullish(),
  url: z.string().nullish(),
});
