import { err, ok, type Result } from "neverthrow";
import { z } from "zod";

/** The body is not an update of the Bot API. */
export interface UpdateMalformed {
  readonly type: "update-malformed";
}

/** The fields of an update that are needed to store it and to keep the order within a chat. */
export interface UpdateHead {
  readonly update_id: number;
}

export function readUpdate(update: unknown): Result<UpdateHead, UpdateMalformed> {
  const read = head.safeParse(update);
  return read.success ? ok(read.data) : err({ type: "update-malformed" });
}

/**
 * Updates with the same lane are handled one after the other. In a private chat the chat's id is the person's, so what
 * they write and what they press share a lane, though Telegram delivers the two side by side.
 */
export function laneOf(update: unknown): string {
  const { data } = lanes.safeParse(update);
  const chat = data?.message?.chat ?? data?.edited_message?.chat ?? data?.my_chat_member?.chat;
  return String(chat?.id ?? data?.callback_query?.from.id ?? "others");
}

/** https://core.telegram.org/bots/api#update */
const head = z.object({ update_id: z.number().int().nonnegative() });

const inChat = z.object({ chat: z.object({ id: z.number() }) }).nullish();

const lanes = z.object({
  message: inChat,
  edited_message: inChat,
  my_chat_member: inChat,
  callback_query: z.object({ from: z.object({ id: z.number() }) }).nullish(),
});
