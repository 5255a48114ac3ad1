import type { ChatMessage, Person } from "@likeness/grammy/testing";

/** The bot's newest message. */
export function lastOfBot(person: Person): ChatMessage {
  const last = person.chat().findLast(({ from }) => from === "bot");
  if (!last) throw new Error("the bot has said nothing yet");
  return last;
}

/** The text or caption of a message. */
export const wordsOf = ({ text, caption }: ChatMessage): string => text ?? caption ?? "";

/** The newest message of the bot that has a button with such data, e.g. `v1:kind:portrait`. */
export function buttonLike(
  person: Person,
  start: string,
): { readonly data: string; readonly messageId: number } | undefined {
  for (const { id, from, buttons } of person.chat().toReversed()) {
    const found = from === "bot" ? buttons.flat().find(({ data }) => data?.startsWith(start)) : undefined;
    if (found?.data !== undefined) return { data: found.data, messageId: id };
  }
  return undefined;
}

/** Presses the newest button with such data; throws while there is none. */
export function press(person: Person, start: string) {
  const found = buttonLike(person, start);
  if (!found) throw new Error(`no button sends ${start}; the bot says: ${wordsOf(lastOfBot(person))}`);
  return person.presses({ data: found.data }, { messageId: found.messageId });
}

/** The texts of all messages of the bot that still exist. */
export const said = (person: Person): string[] =>
  person.chat().flatMap((message) => (message.from === "bot" ? [wordsOf(message)] : []));
