import type { InaccessibleMessage, MaybeInaccessibleMessage } from "grammy/types";
import { privateChat } from "../state/chats.ts";
import { chatMessage, type ChatButton } from "./chat-message.ts";
import type { ChatRecord, MessageRecord, PressAnswer } from "../state/telegram-snapshot.ts";
import type { World } from "../state/world.ts";
import type { ButtonChoice, Press } from "./person.ts";
import { openChat } from "./says.ts";

/** Those who wait for an answer to their press, by its id. */
export type Waiting = Map<string, (answer: PressAnswer) => void>;

export function presses(
  world: World,
  waiting: Waiting,
  personId: number,
  choice: ButtonChoice,
  { messageId }: { messageId?: number } = {},
): Press {
  const chat = openChat(world, personId);
  for (const record of candidates(chat, messageId)) {
    const button = buttonsOf(record).find((one) => fits(one, choice));
    if (button?.data !== undefined) return press(world, waiting, chat, record.message, button.data);
  }
  throw new Error(noSuchButton(chat, choice, messageId));
}

export function forges(world: World, waiting: Waiting, personId: number, data: string, messageId?: number): Press {
  const chat = openChat(world, personId);
  const found = candidates(chat, messageId).find(({ message }) => message.from?.is_bot)?.message;
  const message = found ?? (messageId === undefined ? undefined : goneMessage(chat, messageId));
  if (!message) throw new Error("The bot has sent nothing yet");
  return press(world, waiting, chat, message, data);
}

/** https://core.telegram.org/bots/api#inaccessiblemessage */
const goneMessage = ({ person }: ChatRecord, message_id: number): InaccessibleMessage => ({
  chat: privateChat(person),
  message_id,
  date: 0,
});

/** Newest first. */
const candidates = ({ messages }: ChatRecord, messageId: number | undefined): readonly MessageRecord[] =>
  messages.filter(({ message }) => messageId === undefined || message.message_id === messageId).toReversed();

const buttonsOf = (record: MessageRecord): readonly ChatButton[] => chatMessage(record).buttons.flat();

const fits = (button: ChatButton, choice: ButtonChoice): boolean =>
  "text" in choice ? button.text === choice.text : button.data === choice.data;

function noSuchButton(chat: ChatRecord, choice: ButtonChoice, messageId: number | undefined): string {
  const where = messageId === undefined ? "" : ` on message ${messageId}`;
  const there = candidates(chat, messageId).flatMap((record) =>
    buttonsOf(record).map(({ text, data }) => `${JSON.stringify(text)} (${data ?? "no data"})`),
  );
  const buttons = there.length > 0 ? there.join(", ") : "none at all";
  return `There is no button ${JSON.stringify(choice)}${where}. There are: ${buttons}`;
}

function press(
  world: World,
  waiting: Waiting,
  chat: ChatRecord,
  message: MaybeInaccessibleMessage,
  data: string,
): Press {
  const { state, timers, updates, events } = world;
  const id = String(4_200_000_000_000_000 + state.next.press++);
  const { person } = chat;
  const messageId = message.message_id;
  state.presses[id] = { id, personId: person.id, messageId, data, at: timers.now() };
  const answer = new Promise<PressAnswer>((resolve) => waiting.set(id, resolve));
  events.emit({ type: "pressed", chatId: person.id, pressId: id, messageId, data });
  updates.add({ callback_query: { id, from: person, message, chat_instance: `-${person.id}`, data } });
  return { id, answer };
}
