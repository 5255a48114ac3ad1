/** What kind of thing a person sent, as far as the chat tells them apart. */
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
