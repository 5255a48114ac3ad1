import type { InlineKeyboard } from "grammy";
import type { Text } from "../texts/text.ts";

/** A message that waits for something. */
export interface Question {
  readonly said: Text;
  readonly keyboard?: InlineKeyboard;
}
