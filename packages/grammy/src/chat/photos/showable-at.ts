import { addSeconds, type Timestamp } from "@likeness/core";
import type { Burst } from "../../conversation/conversation.ts";

/** Telegram answers frequent edits of one message with minutes of flood wait. */
const betweenEditsSeconds = 2;

/** Whoever began to send the message and has not said so for this long is not going to. */
export const sendingSeconds = 10;

/** What `shown` says while it is not known what the message shows: somebody has begun to change it. */
export const uncertain = "";

/** Somebody has begun to send the first message of a burst. */
export const isBeingSent = ({ messageId, shown }: Burst): boolean => messageId === undefined && shown === uncertain;

/** From when on the status may be shown or changed; at once when absent. */
export const showableAt = (burst: Burst): Timestamp | undefined =>
  burst.shownAt && addSeconds(burst.shownAt, isBeingSent(burst) ? sendingSeconds : betweenEditsSeconds);

/** Keeps everybody from showing it for so many seconds. */
export const heldFor = (now: Timestamp, seconds: number): Timestamp => addSeconds(now, seconds - betweenEditsSeconds);
