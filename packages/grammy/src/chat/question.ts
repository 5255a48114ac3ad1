import type { InlineKeyboard } from "grammy";
import type { Text } from "../texts/text.ts";

/** A message to which the wizard expects an answer. */
export interface Question {
  readonly said: Text;
  readonly keyboard?: InlineKeyboard;
}
