import type { MessageEntity } from "grammy/types";

/**
 * What is said: plain, or with entities, whose offsets and lengths count UTF-16 units as JavaScript's strings do. Never a
 * parse mode: with one, a `*` in a name would break the whole message. `fmt` of `@grammyjs/parse-mode` makes such values.
 */
export type Text = string | FormattedText;

export interface FormattedText {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
}
