import type { StorageFailure } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import type { TelegramProblem } from "../telegram/telegram-problem.ts";
import type { CallbackData } from "./callback-data.ts";
import type { ChatPorts, Person } from "./chat-ports.ts";
import type { MessageNotSent } from "./show-message.ts";

/** A pressed button. It is user input: neither its data nor its message can be trusted. */
export interface Press extends CallbackData {
  readonly person: Person;
  /** The language that Telegram states for the person now. */
  readonly stated?: string | undefined;
  /** Of the callback query: the same press handled twice has the same one. */
  readonly queryId: string;
  /** The message with the button; absent when Telegram no longer has it. */
  readonly messageId?: number | undefined;
  /** Whether that message is a photo or a document: its caption is edited, not its text. */
  readonly onMedia: boolean;
}

/** A problem on our side or Telegram's. A mistake of the person is answered and is not an error. */
export type ChatProblem = StorageFailure | TelegramProblem;

/** The same, or a message that can be sent later. */
export type ChatError = ChatProblem | MessageNotSent;

/** A toast for the person, or nothing. */
export type PressAnswer = string | undefined;

/** Handles the press of a button. */
export type PressHandler = (ports: ChatPorts, press: Press) => ResultAsync<PressAnswer, ChatError>;

/** The message with the button, if a text can take its place. */
export const editable = ({ messageId, onMedia }: Press): number | undefined => (onMedia ? undefined : messageId);

/** The answer to a press that does not fit the current state. */
export const oldButton = ({ say }: Pick<ChatPorts, "say">, { person }: Pick<Press, "person">): string =>
  say(person.locale, "toast.old-button");
