import type { Message } from "grammy/types";

/** How a message shows that it is in a topic. https://core.telegram.org/bots/api#message */
export const inTopic = (topicId: number | undefined): Pick<Message, "message_thread_id" | "is_topic_message"> =>
  topicId === undefined ? {} : { message_thread_id: topicId, is_topic_message: true };
