import type { ResultAsync } from "neverthrow";
import type { Conversation } from "../../conversation/conversation.ts";
import { changeConversation } from "../../conversation/conversations.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import type { ChatError } from "../press.ts";

/** A text message. */
export interface SentText {
  readonly text: string;
  readonly messageId: number;
  /** When the person sent it, in seconds since 1970, as Telegram's messages have it. */
  readonly date: number;
}

/**
 * Telegram's apps send a text of more than 4,096 characters as several messages. Telegram Desktop cuts at the best place
 * in the second half of each: at the end of a paragraph, that may be after 2,049 characters. The margin is for the spaces
 * there, which are left out. So the first part is this long at least, and so is every other one but the last. Nothing that
 * the wizard asks for is.
 */
const splitFrom = 2_000;

/** The parts follow each other at once; a person needs longer to read the answer and to write something shorter. */
const splitSeconds = 5;

/**
 * Calls `work` unless the text is the rest of one that an app has sent in several messages. The first part was answered:
 * it is too long. Taken alone, the rest might be short enough for a name, or for words that are drawn. It ends with the
 * first part that an app would not have cut there; what comes after that is answered, however soon.
 */
export function unlessRest(
  { store }: Pick<ChatPorts, "store">,
  person: Person,
  { pasted }: Pick<Conversation, "pasted">,
  sent: SentText,
  work: () => ResultAsync<void, ChatError>,
): ResultAsync<void, ChatError> {
  const note = (noted: Conversation["pasted"]) =>
    changeConversation(store.sessions, person, (conversation) => ({ ...conversation, pasted: noted }));
  const isCut = sent.text.length >= splitFrom;
  if (pasted && isRest(pasted, sent)) {
    const end = isCut ? pasted.endId : sent.messageId;
    return note({ ...pasted, lastAt: sent.date, ...(end !== undefined && { endId: end }) }).map(() => undefined);
  }
  if (!isCut) return work();
  return note({ firstId: sent.messageId, lastAt: sent.date }).andThen(work);
}

const isRest = (
  { firstId, lastAt, endId }: NonNullable<Conversation["pasted"]>,
  { messageId, date }: SentText,
): boolean => messageId > firstId && (endId === undefined ? date - lastAt <= splitSeconds : messageId <= endId);
