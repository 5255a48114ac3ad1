import { err, ok } from "neverthrow";
import type { MessageEntity } from "grammy/types";
import type { ParseMode } from "./parse-mode.ts";

/** The old Markdown style, whose entities cannot be nested. https://core.telegram.org/bots/api#markdown-style */
export const parseMarkdown: ParseMode = (source) => {
  let text = "";
  const entities: MessageEntity[] = [];
  let position = 0;

  while (position < source.length) {
    const escaped = /^\\([_*`[])/.exec(source.slice(position));
    const style = styles.find(({ opening }) => source.startsWith(opening, position));
    if (escaped ?? !style) {
      text += escaped?.[1] ?? source.charAt(position);
      position += escaped ? 2 : 1;
      continue;
    }
    if (!style) continue;
    const begin = position + style.opening.length;
    const end = source.indexOf(style.closing, begin);
    if (end < 0) {
      const at = Buffer.byteLength(source.slice(0, position));
      return err(`Can't find end of the entity starting at byte offset ${at}`);
    }
    const inner = source.slice(begin, end);
    const place = { offset: text.length, length: inner.length };
    position = end + style.closing.length;
    text += inner;
    if (style.type !== "text_link") {
      if (inner !== "") entities.push({ type: style.type, ...place });
      continue;
    }
    const url = /^\(([^)]*)\)/.exec(source.slice(position));
    position += url?.[0].length ?? 0;
    if (url?.[1]) entities.push({ type: "text_link", ...place, url: url[1] });
  }
  return ok({ text, entities });
};

const styles = [
  { opening: "```", closing: "```", type: "pre" },
  { opening: "`", closing: "`", type: "code" },
  { opening: "*", closing: "*", type: "bold" },
  { opening: "_", closing: "_", type: "italic" },
  { opening: "[", closing: "]", type: "text_link" },
] as const;
