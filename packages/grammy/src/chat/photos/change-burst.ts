import type { StorageFailure } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import type { Burst } from "../../conversation/conversation.ts";
import { changeConversation } from "../../conversation/conversations.ts";
import type { Place } from "../../conversation/place.ts";
import type { ChatPorts } from "../chat-ports.ts";

type Fields = readonly (keyof Burst)[];

/** The message of the burst and its content: unchanged as long as no other caller began to change the message. */
const display: Fields = ["avatarId", "messageId", "shown", "shownAt"];

/** The rejections that were told: unchanged as long as no other caller began to tell one. */
export const telling: Fields = ["avatarId", "told", "tellingAt"];

/** All of these fields and the number of photos. */
export const everything: Fields = [...display, ...telling, "firstNumber", "photos", "lastArrivalAt"];

/**
 * Changes a burst if these fields are still as the caller read them, and returns the changed burst. `undefined`:
 * another caller has changed them, so nothing was written. Of several callers at once, one succeeds.
 */
export function changeBurst(
  { store }: Pick<ChatPorts, "store">,
  place: Place,
  seen: Burst,
  change: Partial<Burst>,
  same: Fields = display,
): ResultAsync<Burst | undefined, StorageFailure> {
  let mine: Burst | undefined;
  return changeConversation(store.sessions, place, (conversation) => {
    const { burst } = conversation;
    const isSame = burst && same.every((field) => JSON.stringify(burst[field]) === JSON.stringify(seen[field]));
    mine = isSame ? { ...burst, ...change } : undefined;
    return mine ? { ...conversation, burst: mine } : conversation;
  }).map(() => mine);
}
