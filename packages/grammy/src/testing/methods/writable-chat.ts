import { ok, type Result } from "neverthrow";
import type { ChatRecord } from "../state/telegram-snapshot.ts";
import type { World } from "../state/world.ts";
import type { BotCall } from "../wire/calls.ts";
import { refuse, type Refusal } from "../wire/refusal.ts";
import { textOf } from "../wire/text-of.ts";

/** The chat of a call, if the bot may write to it. */
export function writableChat({ state }: World, call: BotCall): Result<ChatRecord, Refusal> {
  const id = textOf(call, "chat_id");
  if (id === "") return refuse(400, "chat_id is empty");
  const chat = state.chats[id];
  if (!chat) return refuse(400, "chat not found");
  if (chat.blocked) return refuse(403, "bot was blocked by the user");
  if (!chat.started) return refuse(403, "bot can't initiate conversation with a user");
  return ok(chat);
}
