import type { Message } from "grammy/types";
import { isCommand } from "../commands/command-named.ts";
import type { Received } from "../received.ts";

/** The kind of content of a message, as far as the chat distinguishes kinds. */
export const receivedOf = (message: Message): Received =>
  message.text !== undefined && isCommand(message.text) ? "command" : kindOf(message);

const kindOf = (message: Message): Received =>
  fields.find((kind) => message[kind] !== undefined) ?? (message.video_note ? "video" : "other");

/** Checks for a GIF first, because its message has a document too: https://core.telegram.org/bots/api#message */
const fields = [
  "animation",
  "text",
  "photo",
  "document",
  "video",
  "voice",
  "audio",
  "sticker",
  "location",
  "contact",
  "poll",
] as const satisfies readonly (Received & keyof Message)[];
