import {
  addSeconds,
  secondsBetween,
  type JobOutcome,
  type Photo,
  type StorageFailure,
  type Timestamp,
} from "@likeness/core";
import { okAsync, type ResultAsync } from "neverthrow";
import type { Burst } from "../../conversation/conversation.ts";
import type { Place } from "../../conversation/place.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { pendingIn } from "./burst-status.ts";
import { changeBurst, everything } from "./change-burst.ts";

const quietSeconds = 3;
const done: JobOutcome = { type: "done" };

/** From when on no more photos of a burst are expected. */
export const quietFrom = ({ lastArrivalAt }: Burst): Timestamp => addSeconds(lastArrivalAt, quietSeconds);

/** Ends a burst whose photos are all told, unless a photo is still being checked or more photos may come. */
export function endBurst(
  ports: Pick<ChatPorts, "store" | "clock">,
  place: Place,
  burst: Burst,
  photos: readonly Photo[],
): ResultAsync<JobOutcome, StorageFailure> {
  const now = ports.clock.now();
  if (pendingIn(photos) > 0) return okAsync({ type: "again", at: addSeconds(now, untilNextLook(burst, now)) });
  const quietAt = quietFrom(burst);
  if (now < quietAt) return okAsync({ type: "again", at: quietAt });
  if (burst.settled) return okAsync(done);
  // It fails if another caller was first or another photo came.
  return changeBurst(ports, place, burst, { settled: true }, everything).map((ended) =>
    ended ? done : { type: "again", at: addSeconds(now, 2) },
  );
}

/** Most photos are checked within seconds; one that is not may take an hour. */
const untilNextLook = ({ lastArrivalAt }: Burst, now: Timestamp): number =>
  secondsBetween(lastArrivalAt, now) < 60 ? 2 : 10;
