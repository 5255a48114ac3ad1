import type { StorageFailure } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import type { Conversation, Step } from "../../conversation/conversation.ts";
import { changeConversation } from "../../conversation/conversations.ts";
import type { Place } from "../../conversation/place.ts";
import type { ChatPorts } from "../chat-ports.ts";

export interface Move {
  /** The previous step. */
  readonly from: Step;
  /** The current step; `undefined` when `next` allows none from the previous one. */
  readonly to: Step | undefined;
}

/**
 * Moves the wizard to the step that `next` returns for the current one, if any. A step that it is in already is kept as
 * it is. `answeredId`: the person's message that led there.
 */
export const moveStep = (
  { store }: Pick<ChatPorts, "store">,
  place: Place,
  next: (from: Step) => Step | undefined,
  answeredId?: number,
): ResultAsync<Move, StorageFailure> =>
  changeConversation(store.sessions, place, (conversation) => {
    const to = next(conversation.step);
    return !to || isSameStep(to, conversation.step) ? conversation : entering(conversation, to, answeredId);
  }).map(({ before }) => ({ from: before.step, to: next(before.step) }));

/**
 * The conversation in the new step, whose question was not asked yet. The burst is kept, because it is shown in any
 * step.
 */
function entering(conversation: Conversation, step: Step, answeredId: number | undefined): Conversation {
  const { promptId: _asked, answeredId: _older, ...rest } = conversation;
  return { ...rest, step, ...(answeredId !== undefined && { answeredId }) };
}

export const isSameStep = (left: Step, right: Step): boolean => keyOf(left) === keyOf(right);

const keyOf = (step: Step): string =>
  JSON.stringify(Object.entries(step).toSorted(([left], [right]) => (left < right ? -1 : 1)));
