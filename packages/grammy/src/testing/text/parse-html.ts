import { err, ok } from "neverthrow";
import type { MessageEntity } from "grammy/types";
import type { ParseMode } from "./parse-mode.ts";

/** HTML style, without its rarer tags. https://core.telegram.org/bots/api#html-style */
export const parseHtml: ParseMode = (source) => {
  let text = "";
  const entities: MessageEntity[] = [];
  const open: { readonly tag: string; readonly offset: number; readonly url?: string }[] = [];

  for (const { 0: token, index } of source.matchAll(/<[^>]*>?|&(?:lt|gt|amp|quot|#\d+|#x[\da-f]+);|[^<&]+|&/gi)) {
    const at = Buffer.byteLength(source.slice(0, index));
    if (!token.startsWith("<")) {
      text += token.startsWith("&") ? character(token) : token;
      continue;
    }
    const [, closing, name = "", rest = ""] = /^<(\/?)([a-z-]*)([^>]*)>$/i.exec(token) ?? [];
    const tag = name.toLowerCase();
    if (closing === undefined) return err(`Unclosed start tag at byte offset ${at}`);
    if (closing === "") {
      if (!(tag in types)) return err(`Unsupported start tag "${tag}" at byte offset ${at}`);
      open.push({ tag, offset: text.length, url: /href="?([^"\s>]*)/i.exec(rest)?.[1] });
      continue;
    }
    const last = open.pop();
    if (!last) return err(`Unexpected end tag at byte offset ${at}`);
    if (tag !== last.tag) {
      return err(`Unmatched end tag at byte offset ${at}, expected "</${last.tag}>", found "</${tag}>"`);
    }
    entities.push(...entity(last, text.length));
  }

  const unclosed = open.at(-1);
  return unclosed ? err(`Can't find end tag corresponding to start tag "${unclosed.tag}"`) : ok({ text, entities });
};

const types: Readonly<Record<string, Exclude<MessageEntity["type"], "text_mention" | "custom_emoji" | "date_time">>> = {
  b: "bold",
  strong: "bold",
  i: "italic",
  em: "italic",
  u: "underline",
  ins: "underline",
  s: "strikethrough",
  strike: "strikethrough",
  del: "strikethrough",
  "tg-spoiler": "spoiler",
  blockquote: "blockquote",
  code: "code",
  pre: "pre",
  a: "text_link",
};

function entity(
  { tag, offset, url }: { readonly tag: string; readonly offset: number; readonly url?: string },
  end: number,
): readonly MessageEntity[] {
  const type = types[tag];
  const length = end - offset;
  if (type === undefined || length === 0) return [];
  if (type !== "text_link") return [{ type, offset, length }];
  return url === undefined ? [] : [{ type, offset, length, url }];
}

const named: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"' };

function character(token: string): string {
  const known = named[token.toLowerCase()];
  if (known !== undefined) return known;
  const [, hex, decimal] = /^&#(?:x([\da-f]+)|(\d+));$/i.exec(token) ?? [];
  if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
  return decimal === undefined ? token : String.fromCodePoint(Number(decimal));
}
