import { ok, safeTry } from "neverthrow";
import { findMessage, removeMessage } from "../state/chats.ts";
import { refuse } from "../wire/refusal.ts";
import { numberOf } from "../wire/text-of.ts";
import type { Method, MethodContext } from "./method.ts";
import { writableChat } from "./writable-chat.ts";

/** Only recent messages can be deleted, including the person's. https://core.telegram.org/bots/api#deletemessage */
const deletableSeconds = 48 * 60 * 60;

const isOld = ({ timers }: MethodContext, date: number): boolean => timers.date() - date > deletableSeconds;

export const deleteMessage: Method = (context, call) =>
  safeTry(function* () {
    const chat = yield* writableChat(context, call);
    const found = findMessage(chat, numberOf(call, "message_id"))?.message;
    if (!found) return refuse(400, "message to delete not found");
    if (isOld(context, found.date)) return refuse(400, "message can't be deleted for everyone");
    removeMessage(context, chat.person.id, found.message_id);
    return ok({ result: true });
  });

/** Skips messages that are missing or too old. */
export const deleteMessages: Method = (context, call) =>
  safeTry(function* () {
    const ids = call.fields["message_ids"];
    const chat = yield* writableChat(context, call);
    if (!Array.isArray(ids) || ids.length === 0) return refuse(400, "message identifiers are not specified");
    if (ids.length > 100) return refuse(400, "too many message identifiers specified");
    for (const id of ids.map(Number)) {
      const found = findMessage(chat, id)?.message;
      if (found && !isOld(context, found.date)) removeMessage(context, chat.person.id, id);
    }
    return ok({ result: true });
  });
