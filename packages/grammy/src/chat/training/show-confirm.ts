import { okAsync, type ResultAsync } from "neverthrow";
import type { ChatPorts, Person } from "../chat-ports.ts";
import type { ChatError, PressAnswer } from "../press.ts";

/**
 * Shows the confirmation card of an avatar, in the place of a message or as a new one. Answers a toast when it cannot be
 * trained now: too few photos, a training under way, not there or somebody else's.
 */
export function showConfirm(
  _ports: ChatPorts,
  _person: Person,
  _avatarId: string,
  _messageId?: number,
): ResultAsync<PressAnswer, ChatError> {
  return okAsync(undefined);
}
