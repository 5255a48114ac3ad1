import { addSeconds, type JobFailure, type JobHandler, type JobOutcome } from "@likeness/core";
import { err, errAsync, ok, type Result } from "neverthrow";
import { readPlaceKey, type Place } from "../../conversation/place.ts";
import type { ChatPorts } from "../chat-ports.ts";
import type { ChatProblem } from "../press.ts";
import { retryDelay } from "../retry-delay.ts";
import { showStatus } from "./show-status.ts";

type StatusPorts = Pick<ChatPorts, "likeness" | "store" | "api" | "clock" | "say" | "log">;

/** Shows the status of a chat's photos: the handler of `chatJobs.status`. */
export const statusHandler =
  (ports: StatusPorts): JobHandler =>
  ({ key, kind }) => {
    const place = readPlaceKey(key);
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
