import type { ChatMessage } from "../../../testing/person/chat-message.ts";
import type { BotStage } from "../../__fixtures__/bot-stage.ts";

/** The newest message in the chat. */
export const lastOf = ({ ada }: BotStage): ChatMessage => {
  const message = ada.chat().at(-1);
  if (!message) throw new Error("the chat is empty");
  return message;
};

/** The labels of its buttons. */
export const labelsOf = (stage: BotStage): string[][] =>
  lastOf(stage).buttons.map((row) => row.map(({ text }) => text));

/** The data of its button with a label. */
export function dataOf(stage: BotStage, label: string): string {
  const found = lastOf(stage)
    .buttons.flat()
    .find(({ text }) => text === label);
  if (found?.data === undefined) throw new Error(`there is no button ${label}`);
  return found.data;
}

/** The pictures in the chat, oldest first. */
export const mediaIn = ({ ada }: BotStage): readonly ChatMessage[] =>
  ada.chat().filter(({ from, photo, document }) => from === "bot" && (photo ?? document));

/** The calls of the Bot API that show something, since so many. */
export const callsOf = ({ fake }: BotStage, ...methods: readonly string[]) =>
  fake.control.calls.filter(({ method }) => methods.includes(method));
