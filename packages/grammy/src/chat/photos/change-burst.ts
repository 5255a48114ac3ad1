import type { StorageFailure } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import type { Burst } from "../../conversation/conversation.ts";
import { changeConversation } from "../../conversation/conversations.ts";
import type { Place } from "../../conversation/place.ts";
import type { ChatPorts } from "../chat-ports.ts";

type Fields = readonly (keyof Burst)[];

/** Which message stands for the burst and what it shows: the same as long as nobody else began to change it. */
const display: Fields = ["avatarId", "messageId", "shown", "shownAt"];

/** Which refusals were told: the same as long as nobody else began to tell one. */
export const telling: Fields = ["avatarId", "told", "tellingAt"];

/** All of that, and no photo came either. */
export const everything: Fields = [...display, ...telling, "firstNumber", "photos", "lastArrivalAt"];

/**
 * Changes a burst if these fields are still as they were seen. Gives the burst afterwards; `undefined` means that somebody
 * else was first, and nothing was changed. Of several at once one wins.
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
