import type { Chat, Message, User } from "grammy/types";
import { chatMessage } from "../person/chat-message.ts";
import type { ChatRecord, InvoiceRecord, MessageRecord } from "./telegram-snapshot.ts";
import { withoutUndefined } from "./without-undefined.ts";
import type { World } from "./world.ts";

/** Changes what is kept about a chat. */
export function changeChat({ state }: World, chat: ChatRecord, change: Partial<ChatRecord>): ChatRecord {
  const changed = { ...chat, ...change };
  state.chats[chat.person.id] = changed;
  return changed;
}

/** The chat as it stands in messages. */
export const privateChat = ({ id, first_name, last_name, username }: User): Chat.PrivateChat =>
  withoutUndefined({ id, type: "private", first_name, last_name, username } as const);

export interface NewMessage {
  readonly from: User;
  readonly content: Partial<Message>;
  readonly fixed?: boolean;
  readonly invoice?: InvoiceRecord;
}

/** Puts a message at the end of a chat. */
export function addMessage(world: World, personId: number, { from, content, fixed, invoice }: NewMessage): Message {
  const chat = chatOf(world, personId);
  const message = withoutUndefined<Message>({
    message_id: world.state.next.message++,
    from,
    chat: privateChat(chat.person),
    date: world.timers.date(),
    ...content,
  });
  const record: MessageRecord = { message, ...(fixed && { fixed }), ...(invoice && { invoice }) };
  changeChat(world, chat, { messages: [...chat.messages, record] });
  world.events.emit({ type: "message", chatId: personId, message: chatMessage(record) });
  return message;
}

/** Puts another version of a message in its place. */
export function replaceMessage(world: World, personId: number, record: MessageRecord): Message {
  const chat = chatOf(world, personId);
  const { message } = record;
  changeChat(world, chat, {
    messages: chat.messages.map((other) => (other.message.message_id === message.message_id ? record : other)),
  });
  world.events.emit({ type: "message-edited", chatId: personId, message: chatMessage(record) });
  return message;
}

export function removeMessage(world: World, personId: number, messageId: number): void {
  const chat = chatOf(world, personId);
  changeChat(world, chat, { messages: chat.messages.filter(({ message }) => message.message_id !== messageId) });
  world.events.emit({ type: "message-deleted", chatId: personId, messageId });
}

export const findMessage = (chat: ChatRecord, messageId: number | undefined): MessageRecord | undefined =>
  chat.messages.find(({ message }) => message.message_id === messageId);

/** The chat of a person. Throws if the control has made no person with this id. */
export function chatOf({ state }: World, personId: number): ChatRecord {
  const chat = state.chats[personId];
  if (!chat) throw new Error(`No person has the id ${personId}: call control.person(${personId}) first`);
  return chat;
}
