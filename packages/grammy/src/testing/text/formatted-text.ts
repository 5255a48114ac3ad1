import { err, ok, type Result } from "neverthrow";
import type { BotCall } from "../wire/calls.ts";
import { refuse, type Refusal } from "../wire/refusal.ts";
import { textOf } from "../wire/text-of.ts";
import { parseHtml } from "./parse-html.ts";
import { parseMarkdown } from "./parse-markdown.ts";
import { parseMarkdownV2 } from "./parse-markdown-v2.ts";
import type { FormattedText, ParseMode } from "./parse-mode.ts";
import { readEntities } from "./read-entities.ts";

const parseModes: Readonly<Record<string, ParseMode>> = {
  html: parseHtml,
  markdown: parseMarkdown,
  markdownv2: parseMarkdownV2,
};

/**
 * A text or caption with its entities. With a parse mode they are parsed from the text, and the entities of the call
 * are ignored. https://core.telegram.org/bots/api#formatting-options
 */
function formattedText(
  { fields }: Pick<BotCall, "fields">,
  names: { readonly text: string; readonly entities: string },
): Result<FormattedText, Refusal> {
  const text = textOf({ fields }, names.text);
  const mode = textOf({ fields }, "parse_mode").toLowerCase();
  if (mode === "" || mode === "none") {
    return readEntities(fields[names.entities], text).map((entities) => trimmed({ text, entities }));
  }
  const parse = parseModes[mode];
  if (!parse) return refuse(400, "unsupported parse_mode");
  return parse(text)
    .map(trimmed)
    .orElse((problem) => err(refuse(400, `can't parse entities: ${problem}`).error));
}

/** Trims white space at the end, and shortens entities that covered it. */
function trimmed({ text, entities }: FormattedText): FormattedText {
  const kept = text.trimEnd();
  const clipped = entities
    .map((entity) => ({ ...entity, length: Math.min(entity.length, kept.length - entity.offset) }))
    .filter(({ length }) => length > 0);
  return { text: kept, entities: clipped };
}

/** A text of 1–4096 characters. */
export const messageText = (call: Pick<BotCall, "fields">): Result<FormattedText, Refusal> =>
  formattedText(call, { text: "text", entities: "entities" }).andThen((formatted) => {
    if (formatted.text.trim() === "") return refuse(400, "message text is empty");
    return characters(formatted.text) > 4096 ? refuse(400, "message is too long") : ok(formatted);
  });

/** A caption of up to 1024 characters; none is an empty one. */
export const captionText = (call: Pick<BotCall, "fields">): Result<FormattedText, Refusal> =>
  formattedText(call, { text: "caption", entities: "caption_entities" }).andThen((formatted) =>
    characters(formatted.text) > 1024 ? refuse(400, "message caption is too long") : ok(formatted),
  );

/** Telegram counts code points, and an emoji outside the basic plane is one. */
export const characters = (text: string): number => Array.from(text).length;
