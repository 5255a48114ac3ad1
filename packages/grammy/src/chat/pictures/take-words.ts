import { cleanWords, type AvatarOverview, type StorageFailure } from "@likeness/core";
import { okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { Step } from "../../conversation/conversation.ts";
import { changeConversation } from "../../conversation/conversations.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { findOverview } from "../find-overview.ts";
import type { ChatError, PressHandler } from "../press.ts";
import { showMessage } from "../show-message.ts";
import { isSameStep, moveStep } from "../wizard/move-step.ts";
import { showStep } from "../wizard/show-step.ts";
import type { Words } from "../wizard/take-name.ts";
import { usualCount } from "./usual-count.ts";
import { showOrder } from "./show-order.ts";
import { withDrawable } from "./with-drawable.ts";

type Describing = Extract<Step, { readonly name: "words" }>;

/** How many of a person's last words are kept for the buttons of their cards. */
const remembered = 3;

/** *My own words*: the person's next text is what is drawn. */
export const askForWords: PressHandler = (ports, press) =>
  withDrawable(ports, press, ({ avatar: { id: avatarId } }: AvatarOverview) =>
    moveStep(ports, press.person, () => ({ name: "words", avatarId }))
      .andThen(() => showStep(ports, press.person))
      .map(() => undefined),
  );

/**
 * Keeps the words and shows the card from which they are drawn. Words that cannot be drawn are answered with the reason,
 * and others are waited for. Their id is that of the message, so the same message handled twice is the same words.
 */
export function takeWords(
  ports: ChatPorts,
  person: Person,
  step: Describing,
  { text, messageId }: Words,
): ResultAsync<void, ChatError> {
  return safeTry(async function* () {
    const cleaned = cleanWords(text);
    if (cleaned.isErr()) {
      const { type: _type, ...problem } = cleaned.error;
      const said = ports.say(person.locale, "words.invalid", problem);
      return showMessage(ports, person, said, { replyTo: messageId }).map(() => undefined);
    }
    const words = { id: messageId.toString(36), avatarId: step.avatarId, text: cleaned.value };
    yield* changeConversation(ports.store.sessions, person, (conversation) => ({
      ...conversation,
      words: [...(conversation.words ?? []).filter(({ id }) => id !== words.id), words].slice(-remembered),
    }));
    yield* moveStep(ports, person, (from) => (isSameStep(from, step) ? { name: "idle" } : undefined), messageId);
    const found = yield* findOverview(ports, person, step.avatarId);
    // It was deleted meanwhile.
    if (!found) return showStep(ports, person);
    const count = yield* usualCount(ports, person);
    const choice = { subject: { words: words.id }, ratio: "4:5", count } as const;
    const chosen = { ordered: { words: words.text }, shown: { words: words.text } };
    yield* showOrder(ports, person, found.avatar, chosen, choice);
    return okAsync(undefined);
  });
}

/** Forgets the words that were written for an avatar that is deleted. */
export const forgetWords = (
  { store }: Pick<ChatPorts, "store">,
  person: Person,
  avatarId: string,
): ResultAsync<void, StorageFailure> =>
  changeConversation(store.sessions, person, (conversation) =>
    conversation.words?.some((words) => words.avatarId === avatarId)
      ? { ...conversation, words: conversation.words.filter((words) => words.avatarId !== avatarId) }
      : conversation,
  ).map(() => undefined);
