import type { StorageFailure } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import type { Burst } from "../../conversation/conversation.ts";
import { placeKey, type Place } from "../../conversation/place.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { chatJobs } from "../chat-jobs.ts";
import { showableAt } from "./showable-at.ts";

/** Enqueues the job that shows the status of a burst: at once, or later if its message was changed a moment ago. */
export const nudgeStatus = (
  { store }: Pick<ChatPorts, "store">,
  place: Place,
  burst: Burst | undefined,
): ResultAsync<void, StorageFailure> =>
  store.jobs.enqueue({ kind: chatJobs.status, key: placeKey(place), payload: null, runAt: burst && showableAt(burst) });
