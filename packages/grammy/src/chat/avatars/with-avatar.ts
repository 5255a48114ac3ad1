import type { AvatarOverview } from "@likeness/core";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import type { ChatPorts } from "../chat-ports.ts";
import type { ChatError, Press, PressAnswer } from "../press.ts";

/** Does something with the avatar that a button names, if it is the person's. A foreign one is answered like a missing one. */
export const withAvatar = (
  { likeness, say }: Pick<ChatPorts, "likeness" | "say">,
  { person, id }: Pick<Press, "person" | "id">,
  work: (overview: AvatarOverview) => ResultAsync<PressAnswer, ChatError>,
): ResultAsync<PressAnswer, ChatError> =>
  likeness
    .viewAvatar({ actor: person.actor, avatarId: id })
    .map((overview): AvatarOverview | undefined => overview)
    .orElse((error) => (error.type === "avatar-not-found" ? okAsync(undefined) : errAsync(error)))
    .andThen((overview) => (overview ? work(overview) : okAsync(say(person.locale, "toast.old-button"))));
