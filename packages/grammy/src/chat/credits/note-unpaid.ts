import type { StorageFailure } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import { changeConversation } from "../../conversation/conversations.ts";
import { callbackData, type Verb } from "../callback-data.ts";
import type { ChatPorts } from "../chat-ports.ts";
import type { Press } from "../press.ts";

/** A button that shows the card of an order, and the message that is that card now. */
export interface OrderCard {
  readonly verb: Verb;
  readonly era?: string | undefined;
  readonly messageId?: number | undefined;
}

/** Stores what credits did not cover, so that its card is shown again once more were bought. */
export const noteUnpaid = (
  { store }: Pick<ChatPorts, "store">,
  { person, id }: Pick<Press, "person" | "id">,
  { verb, era, messageId }: OrderCard,
): ResultAsync<void, StorageFailure> =>
  changeConversation(store.sessions, person, (conversation) => ({
    ...conversation,
    unpaid: {
      shows: callbackData(verb, id, era),
      ...(messageId !== undefined && { messageId }),
      ...(person.topicId !== undefined && { topicId: person.topicId }),
    },
  })).map(() => undefined);
