import type { Context, MiddlewareFn } from "grammy";
import { answerPress } from "../../telegram/messages.ts";
import { isPostponable } from "../../updates/postpone.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { hint } from "../hints/hint.ts";
import { isService } from "../hints/is-service.ts";
import { receivedOf } from "../hints/received-of.ts";
import { waitingOf } from "../hints/waiting-of.ts";
import { isHelp } from "../commands/commands.ts";
import { oldButton } from "../press.ts";
import { showMessage } from "../show-message.ts";
import { resumeCards } from "../training/followed-here.ts";
import { showStep } from "../wizard/show-step.ts";
import { answerQuery, pressedIn, visitorIn } from "./answer-query.ts";
import { claimMessage } from "./claim-message.ts";
import { guarded } from "./guarded.ts";
import { visit, visitorOf, whoVisits } from "./visit.ts";

/**
 * Handles our updates and passes on the others. Errors of ours are handled here; exceptions of the host are not caught.
 */
export const routeUpdate =
  (ports: ChatPorts): MiddlewareFn =>
  async (context, next) => {
    if (!(await isHandled(ports, context))) await next();
  };

async function isHandled(ports: ChatPorts, { update, me }: Context): Promise<boolean> {
  const { message, callback_query: query, my_chat_member: member } = update;
  const pressed = query && pressedIn(query);
  if (query && pressed) {
    await answerQuery(ports, update, query, pressed);
    return true;
  }
  if (message?.chat.type === "private" && message.from) {
    const waits = isPostponable(update);
    const claim = await claimMessage(ports, { message, from: message.from, username: me.username, waits });
    if (claim) await guarded(ports, { update, person: claim.person }, claim.work);
    return claim !== undefined;
  }
  if (member?.chat.type === "private" && member.new_chat_member.status === "member") {
    const person = visitorOf(member);
    await guarded(ports, { update, person }, () =>
      ports.likeness.messages.resendMissed({ actor: person.actor }).andThen(() => resumeCards(ports, person)),
    );
  }
  return false;
}

/**
 * Handles updates that no handler took: says what is expected, asks a question that was not asked yet, and answers
 * unknown buttons as old ones. A host with its own `/help` has handled it before.
 */
export const hintUnclaimed =
  (ports: ChatPorts): MiddlewareFn =>
  async ({ update, me }, next) => {
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
        visited.asyncAndThen(({ conversation: { step, promptId } }) => {
          if (step.name !== "idle" && promptId === undefined) return showStep(ports, person);
          const received = receivedOf(message);
          return waitingOf(ports, person, step).andThen((waiting) =>
            isHelp(message.text, me.username)
              ? showMessage(ports, person, ports.say(person.locale, "help", { waiting })).map(() => undefined)
              : hint(ports, person, {
                  waiting,
                  received,
                  group: message.media_group_id,
                  date: message.date,
                  ...(step.name === "photos" && { avatarId: step.avatarId }),
                }),
          );
        }),
      );
    } else await next();
  };
