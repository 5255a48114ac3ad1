import type { ChatMessage } from "../../protocol.ts";
import { dayOf } from "../clock-time.ts";

/** The rows of the chat. */
export type Row =
  | { readonly type: "day"; readonly key: string; readonly day: string }
  | { readonly type: "service"; readonly key: string; readonly message: ChatMessage }
  /** One message, or several that were sent together. */
  | {
      readonly type: "bubble";
      readonly key: string;
      readonly first: ChatMessage;
      readonly messages: readonly ChatMessage[];
    };

/** Adds day lines, and groups the messages of an album, even if another message came in between. */
export function arrange(messages: readonly ChatMessage[]): readonly Row[] {
  const rows: Row[] = [];
  const albums = new Map<string, ChatMessage[]>();
  let lastDay = "";
  for (const message of messages) {
    const day = dayOf(message.at * 1000);
    if (day !== lastDay) rows.push({ type: "day", key: `day ${day}`, day });
    lastDay = day;
    const key = `${message.id}`;
    const begun = message.album === undefined ? undefined : albums.get(message.album);
    if (begun) begun.push(message);
    else if (message.from === "service") rows.push({ type: "service", key, message });
    else {
      const together = [message];
      rows.push({ type: "bubble", key, first: message, messages: together });
      if (message.album !== undefined) albums.set(message.album, together);
    }
  }
  return rows;
}
