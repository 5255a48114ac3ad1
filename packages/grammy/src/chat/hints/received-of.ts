import type { Message } from "grammy/types";
import { receivedKinds, type Received } from "../received.ts";

/** What a message brings, as far as the chat tells such things apart. */
export const receivedOf = (message: Message): Received =>
  inOrder.find((kind) => message[kind] !== undefined) ?? (message.video_note ? "video" : "other");

/** A GIF has a document beside it, and a live photo a photo: https://core.telegram.org/bots/api#message */
const inOrder = ["animation", ...receivedKinds.filter(isField)] as const;

function isField(kind: Received): kind is Exclude<Received, "other"> {
  return kind !== "other";
}
