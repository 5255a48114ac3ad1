import {
  addSeconds,
  secondsBetween,
  type JobOutcome,
  type Photo,
  type StorageFailure,
  type Timestamp,
} from "@likeness/core";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import type { Burst } from "../../conversation/conversation.ts";
import { changeConversation } from "../../conversation/conversations.ts";
import type { Place } from "../../conversation/place.ts";
import type { TelegramProblem } from "../../telegram/telegram-problem.ts";
import type { ChatPorts } from "../chat-ports.ts";
import type { ChatProblem } from "../press.ts";
import { pendingIn } from "./burst-status.ts";

/** After this time the message about the earlier photos is too far up, so the burst gets a new one. */
const apartSeconds = 8;

/**
 * The burst that a photo belongs to: the current one, or a new one if that has ended or is of another avatar. It is
 * computed from the photo's row alone, so adding a photo twice changes nothing, and the order of photos that came
 * together does not matter. In a new burst, and in one that continues after a pause, `messageId` without `shown` is the
 * older message, which is replaced by one below the new photos. Photos whose outcome was not shown by then are told
 * there too.
 */
export function joinBurst(
  burst: Burst | undefined,
  { avatarId, number, createdAt }: Pick<Photo, "avatarId" | "number" | "createdAt">,
): Burst {
  const alone = { avatarId, firstNumber: number, photos: 1, lastArrivalAt: createdAt, settled: false };
  if (!burst) return alone;
  const last = burst.firstNumber + burst.photos - 1;
  const pause = secondsBetween(burst.lastArrivalAt, createdAt);
  const { shown: _shown, ...unshown } = burst;
  if (burst.avatarId !== avatarId || (burst.settled && number > last))
    return { ...alone, messageId: burst.messageId, shownAt: burst.shownAt };
  // The photo is in the burst already, or was long before it: its message was handled again.
  if (number <= last && (number >= burst.firstNumber || pause < -apartSeconds)) return burst;

  const firstNumber = Math.min(burst.firstNumber, number);
  const joined = {
    firstNumber,
    photos: Math.max(last, number) - firstNumber + 1,
    lastArrivalAt: pause > 0 ? createdAt : burst.lastArrivalAt,
    settled: false,
  };
  return pause > apartSeconds ? { ...unshown, ...joined } : { ...burst, ...joined };
}

type Fields = readonly (keyof Burst)[];

/** The message of the burst and its content: unchanged as long as no other caller began to change the message. */
const display: Fields = ["avatarId", "messageId", "shown", "shownAt"];

/** The rejections that were told: unchanged as long as no other caller began to tell one. */
export const telling: Fields = ["avatarId", "told", "tellingAt"];

/** All of these fields and the number of photos. */
const everything: Fields = [...display, ...telling, "firstNumber", "photos", "lastArrivalAt"];

/**
 * Changes a burst if these fields are still as the caller read them, and returns the changed burst. `undefined`:
 * another caller has changed them, so nothing was written. Of several callers at once, one succeeds.
 */
export function changeBurst(
  { store }: Pick<ChatPorts, "store">,
  place: Place,
  seen: Burst,
  change: Partial<Burst>,
  same: Fields = display,
): ResultAsync<Burst | undefined, StorageFailure> {
  let mine: Burst | undefined;
  return changeConversation(store.sessions, place, (conversation) => {
    const { burst } = conversation;
    const isSame = burst && same.every((field) => JSON.stringify(burst[field]) === JSON.stringify(seen[field]));
    mine = isSame ? { ...burst, ...change } : undefined;
    return mine ? { ...conversation, burst: mine } : conversation;
  }).map(() => mine);
}

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

/**
 * Most photos are checked within seconds; one that is not may take an hour. Whoever has waited longer looks less often, so
 * that a bot in arrears checks photos instead of looking after them: a fifth of the wait is not noticed.
 */
const untilNextLook = ({ lastArrivalAt }: Burst, now: Timestamp): number =>
  Math.min(10, Math.max(2, secondsBetween(lastArrivalAt, now) / 5));

/** Shortest time between two edits: Telegram answers more frequent ones with a flood wait of minutes. */
const betweenEditsSeconds = 2;

/** After this time a claim to send the message is void, because its process must have died. */
export const sendingSeconds = 10;

/** The value of `shown` while a caller is changing the message, so that its content is not known. */
export const uncertain = "";

/** Whether a caller has begun to send the first message of a burst. */
const isBeingSent = ({ messageId, shown }: Burst): boolean => messageId === undefined && shown === uncertain;

/** From when on the status may be shown or changed; at once when absent. */
export const showableAt = (burst: Burst): Timestamp | undefined =>
  burst.shownAt && addSeconds(burst.shownAt, isBeingSent(burst) ? sendingSeconds : betweenEditsSeconds);

/** Blocks changes of the message for a number of seconds. */
const heldFor = (now: Timestamp, seconds: number): Timestamp => addSeconds(now, seconds - betweenEditsSeconds);

/**
 * Releases the claim on a burst that could not be shown, from when Telegram accepts calls again. Returns the problem.
 */
export const releaseBurst = (
  ports: Pick<ChatPorts, "store" | "clock">,
  place: Place,
  claimed: Burst,
  problem: TelegramProblem,
): ResultAsync<never, ChatProblem> =>
  changeBurst(ports, place, claimed, {
    shown: isBeingSent(claimed) ? undefined : claimed.shown,
    shownAt: problem.type === "rate-limited" ? heldFor(ports.clock.now(), problem.retryAfterSeconds) : claimed.shownAt,
  }).andThen(() => errAsync(problem));
