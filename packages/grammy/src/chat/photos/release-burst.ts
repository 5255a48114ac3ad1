import { errAsync, type ResultAsync } from "neverthrow";
import type { Burst } from "../../conversation/conversation.ts";
import type { Place } from "../../conversation/place.ts";
import type { TelegramProblem } from "../../telegram/telegram-problem.ts";
import type { ChatPorts } from "../chat-ports.ts";
import type { ChatProblem } from "../press.ts";
import { changeBurst } from "./change-burst.ts";
import { heldFor, isBeingSent } from "./showable-at.ts";

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
