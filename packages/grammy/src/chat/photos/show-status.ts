import { addSeconds, type JobOutcome } from "@likeness/core";
import { ok, safeTry, type ResultAsync } from "neverthrow";
import type { Burst } from "../../conversation/conversation.ts";
import { changeConversation, findConversation } from "../../conversation/conversations.ts";
import { placeOf, type Place } from "../../conversation/place.ts";
import { deleteMessage } from "../../telegram/messages.ts";
import { actorOf } from "../actor.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { findOverview } from "../find-overview.ts";
import type { ChatProblem } from "../press.ts";
import { burstStatus } from "./burst-status.ts";
import { isOutOfSight } from "./is-out-of-sight.ts";
import { presentStatus } from "./present-status.ts";
import { quietFrom, endBurst } from "./end-burst.ts";
import { showableAt } from "./showable-at.ts";
import { nextUntold, tellRefusal } from "./tell-refusal.ts";

type StatusPorts = Pick<ChatPorts, "likeness" | "store" | "api" | "clock" | "say" | "log">;

/**
 * Updates the status message of the burst of a chat or topic. Once no more photos come, tells why some were rejected
 * and sends the status again below those replies. Returns when to run again.
 */
export function showStatus(ports: StatusPorts, place: Place): ResultAsync<JobOutcome, ChatProblem> {
  const { store, clock } = ports;
  return safeTry(async function* () {
    const conversation = yield* findConversation(store.sessions, place);
    const { burst, locale } = conversation;
    if (!burst) return ok({ type: "done" } as const);
    const person = { actor: actorOf(place.chatId), ...placeOf(place), locale };
    const found = yield* findOverview(ports, person, burst.avatarId);
    if (!found) return drop(ports, place, burst);

    const status = burstStatus(ports, person, found, burst);
    const isShown = burst.messageId !== undefined && burst.shown === status.digest;
    const now = clock.now();
    const quiet = now >= quietFrom(burst);
    const untold = quiet && !burst.settled ? nextUntold(found.photos, burst) : undefined;
    if (isShown && untold) return tellRefusal(ports, person, burst, untold);
    const moves = !untold && isOutOfSight(conversation, burst, found.photos, quiet);
    if (isShown && !moves) return endBurst(ports, person, burst, found.photos);
    const from = showableAt(burst);
    if (from !== undefined && from > now) return ok({ type: "again", at: from } as const);
    const presented = yield* presentStatus(ports, place, burst, { ...status, moves });
    return ok({ type: "again", at: presented ? now : addSeconds(now, 1) } as const);
  });
}

/** Deletes the status message of an erased avatar's photos. */
const drop = (ports: StatusPorts, place: Place, { avatarId, messageId }: Burst): ResultAsync<JobOutcome, ChatProblem> =>
  safeTry(async function* () {
    if (messageId !== undefined) yield* deleteMessage(ports.api, place.chatId, messageId);
    yield* changeConversation(ports.store.sessions, place, (conversation) => {
      const { burst, ...rest } = conversation;
      return burst?.avatarId === avatarId ? rest : conversation;
    });
    return ok({ type: "done" } as const);
  });
