import { okAsync, type ResultAsync } from "neverthrow";
import type { ChatPorts, Person } from "../chat-ports.ts";
import type { ChatError } from "../press.ts";
import type { IncomingPhoto } from "./incoming-photo.ts";

/** Takes note of a photo for the avatar that the wizard collects photos for. */
export function takePhoto(_ports: ChatPorts, _person: Person, _incoming: IncomingPhoto): ResultAsync<void, ChatError> {
  return okAsync(undefined);
}
