import type { ResultAsync } from "neverthrow";
import type { ChatPorts, Person } from "../chat-ports.ts";
import type { ChatError } from "../press.ts";

/** Handles a command that came in this message. */
export type CommandHandler = (ports: ChatPorts, person: Person, messageId: number) => ResultAsync<void, ChatError>;
