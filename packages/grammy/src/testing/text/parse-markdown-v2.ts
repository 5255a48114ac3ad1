import { err, ok } from "neverthrow";
import type { MessageEntity } from "grammy/types";
import type { ParseMode } from "./parse-mode.ts";

/** MarkdownV2 style, without quotes and custom emoji. https://core.telegram.org/bots/api#markdownv2-style */
export const parseMarkdownV2: ParseMode = (source) => {
  let text = "";
  const entities: MessageEntity[] = [];
  const open: { readonly style: Style; readonly offset: number; readonly at: number }[] = [];
  let position = 0;

  while (position < source.length) {
    const rest = source.slice(position);
    const last = open.at(-1);
    const raw = last?.style.raw === true;
    if (rest.startsWith("\\") && rest.length > 1) {
      text += rest.charAt(1);
      position += 2;
    } else if (last && rest.startsWith(last.style.closing)) {
      open.pop();
      position += last.style.closing.length;
      const place = { offset: last.offset, length: text.length - last.offset };
      const link = last.style.type === "text_link" ? /^\(((?:[^)\\]|\\.)*)\)/.exec(source.slice(position)) : undefined;
      position += link?.[0].length ?? 0;
      if (last.style.type !== "text_link") entities.push({ type: last.style.type, ...place });
      else if (link?.[1]) entities.push({ type: "text_link", ...place, url: link[1].replaceAll("\\", "") });
    } else {
      const style = raw ? undefined : styles.find(({ opening }) => rest.startsWith(opening));
      const symbol = rest.charAt(0);
      if (style) {
        open.push({ style, offset: text.length, at: Buffer.byteLength(source.slice(0, position)) });
        position += style.opening.length;
      } else if (!raw && reserved.includes(symbol)) {
        return err(`Character '${symbol}' is reserved and must be escaped with the preceding '\\'`);
      } else {
        text += symbol;
        position += 1;
      }
    }
  }

  const unclosed = open.at(-1);
  if (unclosed) return err(`Can't find end of ${unclosed.style.name} entity at byte offset ${unclosed.at}`);
  return ok({ text, entities: entities.filter(({ length }) => length > 0) });
};

interface Style {
  readonly opening: string;
  readonly closing: string;
  readonly type: "pre" | "code" | "underline" | "bold" | "italic" | "strikethrough" | "spoiler" | "text_link";
  readonly name: string;
  /** Nothing is read inside. */
  readonly raw?: boolean;
}

/** Longer signs come first. */
const styles: readonly Style[] = [
  { opening: "```", closing: "```", type: "pre", name: "Pre", raw: true },
  { opening: "`", closing: "`", type: "code", name: "Code", raw: true },
  { opening: "__", closing: "__", type: "underline", name: "Underline" },
  { opening: "||", closing: "||", type: "spoiler", name: "Spoiler" },
  { opening: "*", closing: "*", type: "bold", name: "Bold" },
  { opening: "_", closing: "_", type: "italic", name: "Italic" },
  { opening: "~", closing: "~", type: "strikethrough", name: "Strikethrough" },
  { opening: "[", closing: "]", type: "text_link", name: "TextUrl" },
];

const reserved = "_*[]()~`>#+-=|{}.!";
