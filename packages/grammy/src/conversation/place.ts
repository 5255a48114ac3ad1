/** Where a conversation takes place: a private chat, or a topic of it, which goes its own way. */
export interface Place {
  readonly chatId: number;
  /** `message_thread_id`; absent: in no topic. https://core.telegram.org/bots/api#message */
  readonly topicId?: number;
}

/** The place alone, without what else is known there. */
export const placeOf = ({ chatId, topicId }: Place): Place => ({ chatId, ...(topicId !== undefined && { topicId }) });

/** As one text, for keys: the same place has the same one. */
export const placeKey = ({ chatId, topicId }: Place): string =>
  topicId === undefined ? `${chatId}` : `${chatId}:${topicId}`;

/** What such a text names; `undefined` when it names no place. */
export function readPlaceKey(key: string): Place | undefined {
  const [, chat, topic] = /^(\d{1,16})(?::(\d{1,16}))?$/.exec(key) ?? [];
  if (chat === undefined) return undefined;
  return { chatId: Number(chat), ...(topic !== undefined && { topicId: Number(topic) }) };
}
