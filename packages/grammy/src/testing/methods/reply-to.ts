import { ok, type Result } from "neverthrow";
import { z } from "zod";
import type { Message } from "grammy/types";
import { findMessage } from "../state/chats.ts";
import type { ChatRecord } from "../state/telegram-snapshot.ts";
import type { BotCall } from "../wire/calls.ts";
import { refuse, type Refusal } from "../wire/refusal.ts";

/** The message that is replied to, as it stands in the reply. https://core.telegram.org/bots/api#replyparameters */
export function replyTo(chat: ChatRecord, { fields }: BotCall): Result<Pick<Message, "reply_to_message">, Refusal> {
  const parsed = replySchema.safeParse(fields["reply_parameters"] ?? { message_id: fields["reply_to_message_id"] });
  if (!parsed.success) return refuse(400, "can't parse reply parameters JSON object");
  const { message_id, allow_sending_without_reply } = parsed.data;
  if (!message_id) return ok({});
  const found = findMessage(chat, message_id)?.message;
  // A message in another topic counts as missing too.
  const original = (found?.message_thread_id ?? 0) === Number(fields["message_thread_id"] ?? 0) ? found : undefined;
  if (original) return ok({ reply_to_message: { ...original, reply_to_message: undefined } });
  return allow_sending_without_reply && !found ? ok({}) : refuse(400, "message to be replied not found");
}

const replySchema = z.looseObject({
  message_id: z.coerce.number().int().nullish(),
  allow_sending_without_reply: z.boolean().nullish(),
});
