import { ok, type Result } from "neverthrow";
import type { Message } from "grammy/types";
import { inTopic } from "../person/in-topic.ts";
import { findTopic } from "../person/topics.ts";
import type { ChatRecord } from "../state/telegram-snapshot.ts";
import type { BotCall } from "../wire/calls.ts";
import { refuse, type Refusal } from "../wire/refusal.ts";
import { textOf } from "../wire/text-of.ts";

/** The topic that a message is sent to, as it stands in the message. https://core.telegram.org/bots/api#sendmessage */
export function threadOf(
  chat: ChatRecord,
  call: BotCall,
): Result<Pick<Message, "message_thread_id" | "is_topic_message">, Refusal> {
  // In a form it is text.
  const topicId = Number(textOf(call, "message_thread_id"));
  if (!topicId) return ok({});
  return findTopic(chat, topicId) ? ok(inTopic(topicId)) : refuse(400, "message thread not found");
}
