import type { StorageFailure } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import type { Conversation, Step } from "../../conversation/conversation.ts";
import { changeConversation } from "../../conversation/conversations.ts";
import type { Place } from "../../conversation/place.ts";
import type { ChatPorts } from "../chat-ports.ts";

export interface Move {
  /** Where the wizard stood. */
  readonly from: Step;
  /** Where it stands now; `undefined` when there is no way from there. */
  readonly to: Step | undefined;
}

/**
 * Moves the wizard. `next` says where to from a step, and `undefined` when there is no way; a step that it is in already
 * is kept as it is. `answeredId`: the person's message that led there.
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

/** Nobody has been asked anything in the new step yet. How the last photos fare is told in any step. */
function entering(conversation: Conversation, step: Step, answeredId: number | undefined): Conversation {
  const { promptId: _asked, answeredId: _older, ...rest } = conversation;
  return { ...rest, step, ...(answeredId !== undefined && { answeredId }) };
}

export const isSameStep = (left: Step, right: Step): boolean => keyOf(left) === keyOf(right);

const keyOf = (step: Step): string =>
  JSON.stringify(Object.entries(step).toSorted(([left], [right]) => (left < right ? -1 : 1)));
