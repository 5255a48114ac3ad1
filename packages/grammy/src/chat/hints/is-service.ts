import type { Message } from "grammy/types";

/** Whether a message reports a change of the chat, and so was not sent by a person. */
export const isService = (message: Message): boolean => fields.some((field) => message[field] !== undefined);

/** Those of a private chat: https://core.telegram.org/bots/api#message */
const fields = [
  "forum_topic_created",
  "forum_topic_edited",
  "forum_topic_closed",
  "forum_topic_reopened",
  "general_forum_topic_hidden",
  "general_forum_topic_unhidden",
  "pinned_message",
  "message_auto_delete_timer_changed",
  "write_access_allowed",
  "chat_background_set",
] as const satisfies readonly (keyof Message)[];
