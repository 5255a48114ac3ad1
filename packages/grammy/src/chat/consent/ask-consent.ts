import { okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { Step } from "../../conversation/conversation.ts";
import { changeConversation, findConversation } from "../../conversation/conversations.ts";
import { removeButtons } from "../../telegram/messages.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { claimHint } from "../hints/claim-hint.ts";
import type { IncomingPhoto } from "../photos/incoming-photo.ts";
import type { ChatError } from "../press.ts";
import { moveStep } from "../wizard/move-step.ts";
import { ask, showStep } from "../wizard/show-step.ts";
import { consentQuestion } from "./consent-question.ts";

/**
 * Photos came without a consent: they are not taken. Asks below them, once for those that came together; the question
 * above them is old then.
 */
export const askInsteadOfTaking = (
  ports: ChatPorts,
  person: Person,
  step: Step,
  { mediaGroupId, messageId }: IncomingPhoto,
): ResultAsync<void, ChatError> =>
  safeTry(async function* () {
    const topic = { topic: "consent", group: mediaGroupId };
    if (!(yield* claimHint(ports, person, topic))) return okAsync(undefined);
    const { promptId } = yield* findConversation(ports.store.sessions, person);
    const question = yield* consentQuestion(ports, person, { refused: true });
    if (!question) return showStep(ports, person);
    yield* ask(ports, person, step, question);
    // Below the photo that it speaks of, so the older one is not needed.
    if (promptId !== undefined && promptId < messageId) await removeButtons(ports.api, person.chatId, promptId);
    return okAsync(undefined);
  });

/** A training needs a consent first: asks, and goes on with the training's card after the answer. */
export const askBeforeTraining = (ports: ChatPorts, person: Person, avatarId: string): ResultAsync<void, ChatError> =>
  safeTry(async function* () {
    yield* moveStep(ports, person, () => ({ name: "photos", avatarId }));
    yield* changeConversation(ports.store.sessions, person, (conversation) => ({
      ...conversation,
      consenting: { ...(conversation.consenting ?? { textHash: "", ticked: [] }), confirming: avatarId },
    }));
    return showStep(ports, person);
  });
