import type { StorageFailure } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import type { TelegramProblem } from "../telegram/telegram-problem.ts";
import type { CallbackData } from "./callback-data.ts";
import type { ChatPorts, Person } from "./chat-ports.ts";

/** A pressed button, as the person's input: neither its data nor its message is to be believed. */
export interface Press extends CallbackData {
  readonly person: Person;
  /** The message with the button; absent when Telegram no longer has it. */
  readonly messageId?: number;
  /** Whether that message is a photo: its caption is edited, not its text. */
  readonly onPhoto: boolean;
}

/** What went wrong on our side or Telegram's; what the person did wrong is answered, not an error. */
export type ChatError = StorageFailure | TelegramProblem;

/** A toast for the person, or nothing. */
export type PressAnswer = string | undefined;

export interface PressHandler {
  /** `first`: the busy state ends at once, since the work may take long; there is no toast then. */
  readonly answer: "first" | "with-outcome";
  readonly handle: (ports: ChatPorts, press: Press) => ResultAsync<PressAnswer, ChatError>;
}
