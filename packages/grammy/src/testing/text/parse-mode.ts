import type { Result } from "neverthrow";
import type { MessageEntity } from "grammy/types";

export interface FormattedText {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
}

/** What a parse mode makes of a text, or the reason why not, without its "can't parse entities". */
export type ParseMode = (text: string) => Result<FormattedText, string>;
