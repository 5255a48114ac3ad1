import { secondsBetween, type Photo } from "@likeness/core";
import type { Burst } from "../../conversation/conversation.ts";

/** After so long the message about the earlier photos is too far up to be looked at. */
const apartSeconds = 8;

/**
 * The burst that a photo belongs to: the present one, or a new one when that is settled or of another avatar. It goes by
 * what is written in the photo's row alone, so the same photo again changes nothing, and the order of photos that came
 * together makes no difference. In a new burst, and in one that goes on after a pause, `messageId` without `shown` is the
 * older message, to be replaced by one below the new photos. What was not settled by then is told there too.
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
  // Within it already, or long before it: the message of that photo was handled once more.
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
