import type { Message, MessageEntity } from "grammy/types";
import { addMessage, changeChat, chatOf, findMessage, privateChat } from "../state/chats.ts";
import type { ChatRecord } from "../state/telegram-snapshot.ts";
import type { World } from "../state/world.ts";
import { inTopic } from "./in-topic.ts";
import type { Sent } from "./person.ts";

/** Adds a message of a person to the chat and sends the update. */
export function sends(world: World, personId: number, content: Partial<Message>): Message {
  const chat = openChat(world, personId);
  changeChat(world, chat, { started: true });
  const message = addMessage(world, personId, {
    from: chat.person,
    content: { ...inTopic(chat.openTopic), ...content },
  });
  tellsBot(world, message);
  return message;
}

/** Sends the update of a person's message to the bot. */
export function tellsBot(world: World, message: Message | undefined): void {
  if (message?.from)
    world.updates.add({ message: { ...message, chat: privateChat(message.from), from: message.from } });
}

/** The chat of a person who can write in it. */
export function openChat(world: World, personId: number): ChatRecord {
  const chat = chatOf(world, personId);
  if (chat.blocked) throw new Error(`${chat.person.first_name} has blocked the bot: unblocks() comes first`);
  return chat;
}

/** What fits into one message; apps send a longer text as several. */
const longest = 4_096;

/** Returns the first message. */
export function says(world: World, personId: number, text: string, options: { replyTo?: number } = {}): Sent {
  const characters = Array.from(text);
  const sent = sendsText(world, personId, characters.slice(0, longest).join(""), options);
  if (characters.length > longest) says(world, personId, characters.slice(longest).join(""));
  return sent;
}

function sendsText(world: World, personId: number, text: string, { replyTo }: { replyTo?: number }): Sent {
  const reply = replyTo === undefined ? undefined : findMessage(chatOf(world, personId), replyTo)?.message;
  const entities = commandsIn(text);
  const message = sends(world, personId, {
    text,
    entities: entities.length > 0 ? entities : undefined,
    reply_to_message: reply && { ...reply, reply_to_message: undefined },
  });
  return { messageId: message.message_id };
}

/** Telegram finds commands, with a bot's name or without. */
export const commandsIn = (text: string): MessageEntity[] =>
  Array.from(text.matchAll(/(?<![^\s])\/[a-z0-9_]{1,32}(?:@\w{5,32})?(?!\w)/gi), ({ 0: command, index }) => ({
    type: "bot_command",
    offset: index,
    length: command.length,
  }));
