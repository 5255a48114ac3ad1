import type { StorageFailure } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import { changeConversation } from "../../conversation/conversations.ts";
import type { Place } from "../../conversation/place.ts";
import type { ChatPorts } from "../chat-ports.ts";

/** Ends the wizard if it is about this avatar, because the avatar was deleted or is being trained now. */
export const forgetDraft = (
  { store }: Pick<ChatPorts, "store">,
  place: Place,
  avatarId: string,
): ResultAsync<void, StorageFailure> =>
  changeConversation(store.sessions, place, (conversation) => {
    const { step, promptId: _asked, burst: _burst, ...rest } = conversation;
    return "avatarId" in step && step.avatarId === avatarId ? { ...rest, step: { name: "idle" } } : conversation;
  }).map(() => undefined);
