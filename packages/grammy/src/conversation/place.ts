/** Where a conversation takes place: a private chat, or a topic of it, which has a separate conversation. */
export interface Place {
  readonly chatId: number;
  /** `message_thread_id`; absent: in no topic. https://core.telegram.org/bots/api#message */
  readonly topicId?: number;
}

/** Only the fields of the place. */
export const placeOf = ({ chatId, topicId }: Place): Place => ({ chatId, ...(topicId !== undefined && { topicId }) });

/** The place as a string, for keys. */
export const placeKey = ({ chatId, topicId }: Place): string =>
  topicId === undefined ? `${chatId}` : `${chatId}:${topicId}`;

/** Parses such a string; `undefined` when it is not one. */
export function readPlaceKey(key: string): Place | undefined {
  const [, chat, topic] = /^(\d{1,16})(?::(\d{1,16}))?$/.exec(key) ?? [];
  if (chat === undefined) return undefined;
  return { chatId: Number(chat), ...(topic !== undefined && { topicId: Number(topic) }) };
}
