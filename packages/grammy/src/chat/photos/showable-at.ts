import { addSeconds, type Timestamp } from "@likeness/core";
import type { Burst } from "../../conversation/conversation.ts";

/** Shortest time between two edits: Telegram answers more frequent ones with a flood wait of minutes. */
const betweenEditsSeconds = 2;

/** After this time a claim to send the message is void, because its process must have died. */
export const sendingSeconds = 10;

/** The value of `shown` while a caller is changing the message, so that its content is not known. */
export const uncertain = "";

/** Whether a caller has begun to send the first message of a burst. */
export const isBeingSent = ({ messageId, shown }: Burst): boolean => messageId === undefined && shown === uncertain;

/** From when on the status may be shown or changed; at once when absent. */
export const showableAt = (burst: Burst): Timestamp | undefined =>
  burst.shownAt && addSeconds(burst.shownAt, isBeingSent(burst) ? sendingSeconds : betweenEditsSeconds);

/** Blocks changes of the message for a number of seconds. */
export const heldFor = (now: Timestamp, seconds: number): Timestamp => addSeconds(now, seconds - betweenEditsSeconds);
