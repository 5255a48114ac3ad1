import type { AvatarOverview, StorageFailure } from "@likeness/core";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import type { ChatPorts, Person } from "./chat-ports.ts";

/** One of the person's avatars; `undefined` when it is missing or another owner's, as an id in forged data may be. */
export const findOverview = (
  { likeness }: Pick<ChatPorts, "likeness">,
  { actor }: Pick<Person, "actor">,
  avatarId: string,
): ResultAsync<AvatarOverview | undefined, StorageFailure> =>
  likeness.avatars
    .view({ actor, avatarId })
    .map((overview): AvatarOverview | undefined => overview)
    .orElse((error) => (error.type === "avatar-not-found" ? okAsync(undefined) : errAsync(error)));
