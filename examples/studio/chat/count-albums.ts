import type { ChatMessage } from "../protocol.ts";

/** How many the person has sent, so that the next sample album is another one, also after a restart. */
export const countAlbums = (messages: readonly ChatMessage[]): number =>
  new Set(messages.flatMap(({ from, album }) => (from === "person" ? (album ?? []) : []))).size;
