import type { Message } from "grammy/types";
import { isCommand } from "../commands/is-command.ts";
import type { Received } from "../received.ts";

/** What a message brings, as far as the chat tells such things apart. */
export const receivedOf = (message: Message): Received =>
  message.text !== undefined && isCommand(message.text) ? "command" : kindOf(message);

const kindOf = (message: Message): Received =>
  fields.find((kind) => message[kind] !== undefined) ?? (message.video_note ? "video" : "other");

/** A GIF has a document beside it, for old clients, so it is looked for first: https://core.telegram.org/bots/api#message */
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
