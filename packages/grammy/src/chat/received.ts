/** The kinds of content that the chat distinguishes. */
export const receivedKinds = [
  "text",
  "command",
  "photo",
  "document",
  "video",
  "voice",
  "audio",
  "sticker",
  "animation",
  "location",
  "contact",
  "poll",
  "other",
] as const;

export type Received = (typeof receivedKinds)[number];
