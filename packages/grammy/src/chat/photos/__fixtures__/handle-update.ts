import { valueOf } from "@likeness/testing";
import type { CallbackQuery, Message, Update } from "grammy/types";
import { errAsync, okAsync } from "neverthrow";
import { findConversation } from "../../../conversation/conversations.ts";
import { answerPress } from "../../../telegram/messages.ts";
import { avatarsPresses } from "../../avatars/avatars-presses.ts";
import { parseCallbackData } from "../../callback-data.ts";
import type { ChatPorts, Person } from "../../chat-ports.ts";
import { hint } from "../../hints/hint.ts";
import { receivedOf } from "../../hints/received-of.ts";
import { waitingOf } from "../../hints/waiting-of.ts";
import type { PressHandler } from "../../press.ts";
import { incomingPhoto } from "../incoming-photo.ts";
import { photosPresses } from "../photos-presses.ts";
import { takePhoto } from "../take-photo.ts";

/** Hands an update to the part that it is for. Gives the toast. */
export async function handleUpdate(ports: ChatPorts, person: Person, update: Update): Promise<string | undefined> {
  if (update.message) await handleMessage(ports, person, update.message);
  return update.callback_query && handlePress(ports, person, update.callback_query);
}

async function handleMessage(ports: ChatPorts, person: Person, message: Message): Promise<void> {
  const { step } = await valueOf(findConversation(ports.store.sessions, person.chatId));
  const photo = step.name === "photos" ? incomingPhoto(message) : undefined;
  const unexpected = { waiting: waitingOf(step), received: receivedOf(message), group: message.media_group_id };
  await valueOf(
    (photo ? takePhoto(ports, person, photo) : hint(ports, person, unexpected)).orElse((error) =>
      // Nobody waits for an answer that Telegram does not take now.
      error.type === "rate-limited" ? okAsync(undefined) : errAsync(error),
    ),
  );
}

const handlers: Readonly<Record<string, PressHandler | undefined>> = { ...photosPresses, ...avatarsPresses };

async function handlePress(ports: ChatPorts, person: Person, query: CallbackQuery): Promise<string | undefined> {
  const data = parseCallbackData(query.data ?? "");
  const handler = typeof data === "object" ? handlers[data.verb] : undefined;
  if (typeof data !== "object" || !handler) throw new Error(`nobody handles ${query.data}`);
  const messageId = query.message?.message_id;
  const onPhoto = query.message !== undefined && "photo" in query.message;
  const toast = await valueOf(handler.handle(ports, { ...data, person, messageId, onPhoto }));
  await valueOf(answerPress(ports.api, query.id, toast));
  return toast;
}
