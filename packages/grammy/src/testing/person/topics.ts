import type { User } from "grammy/types";
import { addMessage, changeChat, chatOf } from "../state/chats.ts";
import type { ChatRecord, TopicRecord } from "../state/telegram-snapshot.ts";
import type { World } from "../state/world.ts";
import { inTopic } from "./in-topic.ts";
import type { Topic } from "./person.ts";
import { openChat, tellsBot } from "./says.ts";

/** The default colour of a topic. */
const iconColor = 0x6f_b9_f0;

/** Makes a topic in a chat; its id is the one of the service message that begins it. */
export function addTopic(world: World, personId: number, from: User, name: string): TopicRecord {
  const topicId = world.state.next.message;
  const created = { name, icon_color: iconColor } as const;
  const message = addMessage(world, personId, { from, content: { ...inTopic(topicId), forum_topic_created: created } });
  const chat = chatOf(world, personId);
  const topic = { id: message.message_id, ...created };
  changeChat(world, chat, { topics: [...(chat.topics ?? []), topic] });
  return topic;
}

export function createsTopic(world: World, personId: number, name: string): Topic {
  const { person } = openChat(world, personId);
  const { id } = addTopic(world, personId, person, name);
  const chat = chatOf(world, personId);
  changeChat(world, chat, { openTopic: id, started: true });
  tellsBot(world, chat.messages.at(-1)?.message);
  return { topicId: id };
}

export function opensTopic(world: World, personId: number, topicId: number | undefined): void {
  const chat = openChat(world, personId);
  if (topicId !== undefined && !findTopic(chat, topicId)) throw new Error(`There is no topic ${topicId}`);
  changeChat(world, chat, { openTopic: topicId });
}

/** Deletes a topic with its messages. */
export function deletesTopic(world: World, personId: number, topicId: number): void {
  const chat = openChat(world, personId);
  changeChat(world, chat, {
    topics: chat.topics?.filter(({ id }) => id !== topicId),
    openTopic: chat.openTopic === topicId ? undefined : chat.openTopic,
    messages: chat.messages.filter(({ message }) => message.message_thread_id !== topicId),
  });
}

export const findTopic = ({ topics }: ChatRecord, topicId: number): TopicRecord | undefined =>
  topics?.find(({ id }) => id === topicId);
