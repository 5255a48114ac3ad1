import type { MiddlewareFn } from "grammy";
import type { Message } from "grammy/types";
import { answerPress } from "../../telegram/messages.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { hint } from "../hints/hint.ts";
import { receivedOf } from "../hints/received-of.ts";
import { waitingOf } from "../hints/waiting-of.ts";
import { visit, whoVisits } from "../person.ts";
import { oldButton } from "../press.ts";
import { showStep } from "../wizard/show-step.ts";
import { visitorIn } from "./answer-query.ts";
import { guarded } from "./guarded.ts";
import { orTurnAway } from "./turn-away.ts";

/**
 * Handles updates that no handler took: says what is expected, asks a question that was not asked yet, and answers
 * unknown buttons as old ones.
 */
export const hintUnclaimed =
  (ports: ChatPorts): MiddlewareFn =>
  async ({ update }, next) => {
    const { message, callback_query: query } = update;
    if (query?.message?.chat.type === "private") {
      const visitor = visitorIn(query);
      const person = whoVisits(visitor, await visit(ports, visitor));
      await guarded(ports, { update, person }, () => answerPress(ports.api, query.id, oldButton(ports, { person })));
    } else if (message?.chat.type === "private" && message.from && !isService(message)) {
      const visitor = { from: message.from, topicId: message.message_thread_id };
      const visited = await visit(ports, visitor);
      const person = whoVisits(visitor, visited);
      await guarded(ports, { update, person }, () =>
        visited.asyncAndThen(({ conversation: { step, promptId } }) =>
          orTurnAway(ports, person, { group: message.media_group_id, date: message.date }, () => {
            if (step.name !== "idle" && promptId === undefined) return showStep(ports, person);
            const received = receivedOf(message);
            return waitingOf(ports, person, step).andThen((waiting) =>
              hint(ports, person, {
                waiting,
                received,
                group: message.media_group_id,
                date: message.date,
                ...(step.name === "photos" && { avatarId: step.avatarId }),
              }),
            );
          }),
        ),
      );
    } else await next();
  };

/** Whether a message reports a change of the chat, and so was not sent by a person. */
const isService = (message: Message): boolean => fields.some((field) => message[field] !== undefined);

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
