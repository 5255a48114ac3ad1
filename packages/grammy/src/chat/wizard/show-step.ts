import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { Step } from "../../conversation/conversation.ts";
import { changeConversation, findConversation } from "../../conversation/conversations.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { removeButtons } from "../../telegram/messages.ts";
import { nudgeStatus } from "../photos/status-job.ts";
import type { ChatError, Press } from "../press.ts";
import { hasNewerBelow, noteSaid, orNotSent, putMessage, type ShowOptions } from "../show-message.ts";
import { isSameStep, moveStep } from "./move-step.ts";
import type { Question } from "../question.ts";
import { questionOf } from "./question-of.ts";

/** Asks the question of the current step; shows the menu when there is none. */
export function showStep(
  ports: ChatPorts,
  person: Person,
  options: Pick<ShowOptions, "editing"> = {},
): ResultAsync<void, ChatError> {
  return safeTry(async function* () {
    const { step, burst } = yield* findConversation(ports.store.sessions, person);
    // Enqueues the status job again, in case it was lost.
    if (step.name === "photos" && burst?.avatarId === step.avatarId) yield* nudgeStatus(ports, person, burst);
    const question = yield* questionOf(ports, person, step);
    if (question) return ask(ports, person, step, question, options);
    yield* moveStep(ports, person, (from) => (isSameStep(from, step) ? { name: "idle" } : undefined));
    return showStep(ports, person, options);
  });
}

/**
 * Asks in a new message below the one whose button was pressed, which stays because it may say something, e.g. that an
 * avatar is ready. After a second press the question is there already.
 */
export const showBelow = (ports: ChatPorts, { person, messageId }: Press): ResultAsync<void, ChatError> =>
  findConversation(ports.store.sessions, person).andThen(({ promptId, saidId }) => {
    const isThere = promptId !== undefined && promptId === saidId && messageId !== undefined && promptId > messageId;
    return isThere ? okAsync(undefined) : showStep(ports, person);
  });

/**
 * Shows the question of the current step and stores the message's id. It is a new message if the bot has sent another
 * one below the message to edit.
 */
export function ask(
  ports: ChatPorts,
  person: Person,
  step: Step,
  { said, keyboard }: Question,
  { editing }: Pick<ShowOptions, "editing"> = {},
): ResultAsync<void, ChatError> {
  const { store, api } = ports;
  const { chatId } = person;
  return safeTry(async function* () {
    const before = yield* findConversation(store.sessions, person);
    const buried = editing !== undefined && hasNewerBelow(before, editing) ? editing : undefined;
    const options = { keyboard, ...(buried === undefined && editing !== undefined && { editing }) };
    const promptId = yield* putMessage(ports, person, said, options).mapErr(orNotSent({ said, ...options }, step));
    yield* noteSaid(ports, person, promptId);
    yield* changeConversation(store.sessions, person, (conversation) =>
      isSameStep(conversation.step, step) ? { ...conversation, promptId } : conversation,
    );
    // Its buttons are old now. If they cannot be removed, a press on them says so.
    if (buried !== undefined) await removeButtons(api, chatId, buried);
    return ok(undefined);
  });
}
