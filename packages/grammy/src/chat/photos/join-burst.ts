import { secondsBetween, type Photo } from "@likeness/core";
import type { Burst } from "../../conversation/conversation.ts";

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
