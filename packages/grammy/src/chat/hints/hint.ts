import { okAsync, type ResultAsync } from "neverthrow";
import type { Waiting } from "../../texts/texts.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import type { ChatError } from "../press.ts";
import type { Received } from "../received.ts";

/** Something that came and that nobody waits for. */
export interface Unexpected {
  readonly waiting: Waiting;
  readonly received: Received;
  /** The album it came in. */
  readonly group?: string;
}

export function hint(_ports: ChatPorts, _person: Person, _unexpected: Unexpected): ResultAsync<void, ChatError> {
  return okAsync(undefined);
}
