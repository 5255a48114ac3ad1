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
 * Telegram's apps send a text of more than 4,096 characters as several messages, and look for a good place to cut in
 * the second half of each. Nothing that the wizard asks for is as long as half of that.
 */
const splitFrom = 2_000;

/** The parts follow each other at once; a person needs longer to read the answer and to write something shorter. */
const splitSeconds = 5;

/**
 * Calls `work` unless the text is the rest of one that an app has sent in several messages. The first part was answered:
 * it is too long. Taken alone, the rest might be short enough for a name, or for words that are drawn.
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
  if (pasted && isRest(pasted, sent)) return note({ ...pasted, lastAt: sent.date }).map(() => undefined);
  if (sent.text.length < splitFrom) return work();
  return note({ firstId: sent.messageId, lastAt: sent.date }).andThen(work);
}

const isRest = ({ firstId, lastAt }: NonNullable<Conversation["pasted"]>, { messageId, date }: SentText): boolean =>
  messageId > firstId && date - lastAt <= splitSeconds;
