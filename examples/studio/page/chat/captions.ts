import type { ChatMessage } from "../../protocol.ts";

/**
 * The messages of a bubble whose texts stand below its media. Of an album whose pictures all have their own captions none
 * does: as in Telegram's apps, each is seen with its picture in full.
 */
export function textsBelow(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const texts = messages.filter(({ text, document }) => text !== "" && !document);
  return texts.length > 1 && messages.every(({ photo }) => photo) ? [] : texts;
}

/** What a picture is called where it is not seen, with its caption on one line. */
export function nameOf({ from, text }: ChatMessage, botName: string, place?: string): string {
  const name = ["Photo", place, "from", from === "bot" ? botName : "you"].filter(Boolean).join(" ");
  return text === "" ? name : `${name}: ${text.replaceAll(/\s*\n\s*/g, " · ")}`;
}
