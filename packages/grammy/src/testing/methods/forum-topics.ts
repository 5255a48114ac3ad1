import { ok, safeTry } from "neverthrow";
import { addTopic, deletesTopic, findTopic } from "../person/topics.ts";
import { refuse } from "../wire/refusal.ts";
import { numberOf, textOf } from "../wire/text-of.ts";
import type { Method } from "./method.ts";
import { writableChat } from "./writable-chat.ts";

/** https://core.telegram.org/bots/api#createforumtopic */
export const createForumTopic: Method = (context, call) =>
  writableChat(context, call).andThen(({ person }) => {
    const name = textOf(call, "name");
    if (name.length < 1 || name.length > 128) return refuse(400, "TOPIC_TITLE_INVALID");
    const { id, icon_color } = addTopic(context, person.id, context.state.bot, name);
    return ok({ result: { message_thread_id: id, name, icon_color } });
  });

/** https://core.telegram.org/bots/api#deleteforumtopic */
export const deleteForumTopic: Method = (context, call) =>
  safeTry(function* () {
    const chat = yield* writableChat(context, call);
    const topic = findTopic(chat, numberOf(call, "message_thread_id") ?? 0);
    if (!topic) return refuse(400, "TOPIC_ID_INVALID");
    deletesTopic(context, chat.person.id, topic.id);
    return ok({ result: true });
  });
