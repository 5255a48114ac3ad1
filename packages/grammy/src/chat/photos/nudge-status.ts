import type { StorageFailure } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import type { Burst } from "../../conversation/conversation.ts";
import { placeKey, type Place } from "../../conversation/place.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { chatJobs } from "../chat-jobs.ts";
import { showableAt } from "./showable-at.ts";

/** Has the status of a burst shown: at once, or when the last change of its message is long enough ago. */
export const nudgeStatus = (
  { store }: Pick<ChatPorts, "store">,
  place: Place,
  burst: Burst | undefined,
): ResultAsync<void, StorageFailure> =>
  store.jobs.enqueue({ kind: chatJobs.status, key: placeKey(place), payload: null, runAt: burst && showableAt(burst) });
