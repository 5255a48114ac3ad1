import type { StorageFailure } from "@likeness/core";
import { ok, safeTry, type ResultAsync } from "neverthrow";
import { changeConversation, findConversation } from "../../conversation/conversations.ts";
import type { Place } from "../../conversation/place.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { forgetFollowed, trainingKey } from "../followed/followed-message.ts";
import { hastenProgress } from "./hasten-progress.ts";

type FollowPorts = Pick<ChatPorts, "store" | "clock">;

/** Stores in the conversation which trainings have a progress message there, so that each can be brought to an end. */
export const noteFollowed = (
  { store }: Pick<FollowPorts, "store">,
  place: Place,
  trainingId: string,
): ResultAsync<void, StorageFailure> =>
  changeConversation(store.sessions, place, (conversation) => {
    const { following = [] } = conversation;
    return following.includes(trainingId) ? conversation : { ...conversation, following: [...following, trainingId] };
  }).map(() => undefined);

/** Removes a progress message that shows the end of its training, or is gone. */
export const unfollow = (
  { store }: Pick<FollowPorts, "store">,
  trainingId: string,
  place: Place,
): ResultAsync<void, StorageFailure> =>
  forgetFollowed(store.sessions, trainingKey(trainingId))
    .andThen(() =>
      changeConversation(store.sessions, place, (conversation) => {
        const { following = [] } = conversation;
        if (!following.includes(trainingId)) return conversation;
        return { ...conversation, following: following.filter((id) => id !== trainingId) };
      }),
    )
    .map(() => undefined);

/** Updates the progress messages of a person who is reachable again: they could not be edited meanwhile. */
export const resumeCards = (ports: FollowPorts, place: Place): ResultAsync<void, StorageFailure> =>
  safeTry(async function* () {
    const { following = [] } = yield* findConversation(ports.store.sessions, place);
    for (const trainingId of following) yield* hastenProgress(ports, trainingId);
    return ok(undefined);
  });
