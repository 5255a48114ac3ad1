import type { ChatMessage } from "../protocol.ts";

/** Counts the albums in the chat, so that the next sample album is a new one, even after a restart. */
export const countAlbums = (messages: readonly ChatMessage[]): number =>
  new Set(messages.flatMap(({ from, album }) => (from === "person" ? (album ?? []) : []))).size;
