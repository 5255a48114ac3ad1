import { okAsync, type ResultAsync } from "neverthrow";
import type { ChatPorts, Person } from "../chat-ports.ts";
import type { ChatError } from "../press.ts";

export interface ShowStep {
  /** The message that becomes the question. */
  readonly editing?: number;
}

/** Asks for what the present step waits for; shows the menu when it waits for nothing. */
export function showStep(_ports: ChatPorts, _person: Person, _options: ShowStep = {}): ResultAsync<void, ChatError> {
  return okAsync(undefined);
}
