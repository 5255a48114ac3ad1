import { okAsync, type ResultAsync } from "neverthrow";
import type { ChatPorts, Person } from "../chat-ports.ts";
import type { ChatError } from "../press.ts";

/** Shows a person their avatars. */
export function showAvatars(_ports: ChatPorts, _person: Person): ResultAsync<void, ChatError> {
  return okAsync(undefined);
}
