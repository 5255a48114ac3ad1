import { okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { Step } from "../../conversation/conversation.ts";
import { changeConversation, findConversation } from "../../conversation/conversations.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { nudgeStatus } from "../photos/nudge-status.ts";
import type { ChatError } from "../press.ts";
import { showMessage, type ShowOptions } from "../show-message.ts";
import { isSameStep, moveStep } from "./move-step.ts";
import { questionOf, type Question } from "./question.ts";

/** Asks for what the present step waits for; shows the menu when it waits for nothing. */
export function showStep(
  ports: ChatPorts,
  person: Person,
  options: Pick<ShowOptions, "editing"> = {},
): ResultAsync<void, ChatError> {
  return safeTry(async function* () {
    const { step, burst } = yield* findConversation(ports.store.sessions, person.chatId);
    // Should the job that tells of its photos be lost, it comes back with the person.
    if (step.name === "photos" && burst?.avatarId === step.avatarId) yield* nudgeStatus(ports, person, burst);
    const question = yield* questionOf(ports, person, step);
    if (question) return ask(ports, person, step, question, options);
    yield* moveStep(ports, person, (from) => (isSameStep(from, step) ? { name: "idle" } : undefined));
    return showStep(ports, person, options);
  });
}

/** Shows a message that tells where the wizard stands, and remembers that it did. */
export function ask(
  ports: ChatPorts,
  person: Person,
  step: Step,
  { said, keyboard }: Question,
  { editing }: Pick<ShowOptions, "editing"> = {},
): ResultAsync<void, ChatError> {
  const { sessions } = ports.store;
  return showMessage(ports, person, said, { keyboard, editing }).andThen((promptId) =>
    changeConversation(sessions, person.chatId, (conversation) =>
      isSameStep(conversation.step, step) ? { ...conversation, promptId } : conversation,
    ).andThen(() => okAsync(undefined)),
  );
}
