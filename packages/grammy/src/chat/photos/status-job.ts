import { addSeconds, type JobFailure, type JobHandler, type JobOutcome, type StorageFailure } from "@likeness/core";
import { err, errAsync, ok, type Result, type ResultAsync } from "neverthrow";
import type { Burst } from "../../conversation/conversation.ts";
import type { Place } from "../../conversation/place.ts";
import { chatJobs, placeJobKey, readPlaceJobKey } from "../chat-jobs.ts";
import type { ChatPorts } from "../chat-ports.ts";
import type { ChatProblem } from "../press.ts";
import { retryDelay } from "../retry-delay.ts";
import { showableAt } from "./burst.ts";
import { showStatus } from "./show-status.ts";

/** Enqueues the job that shows the status of a burst: at once, or later if its message was changed a moment ago. */
export const nudgeStatus = (
  { store }: Pick<ChatPorts, "store">,
  place: Place,
  burst: Burst | undefined,
): ResultAsync<void, StorageFailure> =>
  store.jobs.enqueue({
    kind: chatJobs.status,
    key: placeJobKey(place),
    payload: null,
    runAt: burst && showableAt(burst),
  });

type StatusPorts = Pick<ChatPorts, "likeness" | "store" | "api" | "clock" | "say" | "log">;

/** Shows the status of a chat's photos: the handler of `chatJobs.status`. */
export const statusHandler =
  (ports: StatusPorts): JobHandler =>
  ({ key, kind }) => {
    const place = readPlaceJobKey(key);
    if (!place) return errAsync({ type: "job-failure", permanent: true, cause: `the key of ${kind} is no chat` });
    return showStatus(ports, place).orElse((problem) => outcomeOf(ports, place, problem));
  };

/** The outcome of the job after a problem. */
function outcomeOf({ clock, log }: StatusPorts, place: Place, problem: ChatProblem): Result<JobOutcome, JobFailure> {
  switch (problem.type) {
    case "rate-limited":
    case "telegram-failure":
      return ok({ type: "again", at: addSeconds(clock.now(), retryDelay(problem)) });
    case "unreachable":
      return ok({ type: "done" });
    case "refused":
      log.error({ ...place, detail: problem.detail }, "Telegram refused the status of photos");
      return ok({ type: "done" });
    case "storage-failure":
      return err({ type: "job-failure", permanent: false, cause: problem });
  }
}
