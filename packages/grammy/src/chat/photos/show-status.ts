import { addSeconds, type JobOutcome } from "@likeness/core";
import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { Burst } from "../../conversation/conversation.ts";
import { changeConversation, findConversation } from "../../conversation/conversations.ts";
import { placeOf, type Place } from "../../conversation/place.ts";
import { deleteMessage, editText, sendText, type Edit } from "../../telegram/messages.ts";
import { actorOf } from "../actor.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { findOverview } from "../find-overview.ts";
import type { ChatProblem } from "../press.ts";
import { noteSaid } from "../show-message.ts";
import { burstStatus, isOutOfSight, type BurstStatus } from "./burst-status.ts";
import { changeBurst, endBurst, quietFrom, releaseBurst, showableAt, uncertain } from "./burst.ts";
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

type PresentPorts = Pick<ChatPorts, "store" | "api" | "clock">;

export interface PresentedStatus extends BurstStatus {
  /** Whether the message is out of sight, so that a new one is sent below. */
  readonly moves: boolean;
}

/**
 * Edits the message of a burst to show its status, or sends that message. The caller claims this in the conversation
 * first, so that of several callers at once only one does it. `false`: another caller has claimed or changed the burst,
 * so the caller has to read it again.
 */
function presentStatus(
  ports: PresentPorts,
  place: Place,
  seen: Burst,
  status: PresentedStatus,
): ResultAsync<boolean, ChatProblem> {
  return safeTry(async function* () {
    const older = status.moves || seen.shown === undefined ? seen.messageId : undefined;
    if (older !== undefined) yield* deleteMessage(ports.api, place.chatId, older);

    const messageId = older === undefined ? seen.messageId : undefined;
    const claim = { messageId, shown: uncertain, shownAt: ports.clock.now() };
    const claimed = yield* changeBurst(ports, place, seen, claim);
    if (!claimed) return ok(false);
    const edit = yield* editStatus(ports, place, claimed, status);
    if (edit !== "gone") return noteEdit(ports, place, claimed, status);
    const without = yield* changeBurst(ports, place, claimed, { messageId: undefined });
    return without ? sendStatus(ports, place, without, status) : ok(false);
  });
}

function editStatus(
  ports: PresentPorts,
  place: Place,
  claimed: Burst,
  { said, keyboard }: BurstStatus,
): ResultAsync<Edit, ChatProblem> {
  if (claimed.messageId === undefined) return okAsync("gone");
  return editText(ports.api, place.chatId, claimed.messageId, said, keyboard).orElse((problem) =>
    releaseBurst(ports, place, claimed, problem),
  );
}

/** If another caller edited the message during this slow edit, its content is unknown, so it is marked as not shown. */
const noteEdit = (
  ports: PresentPorts,
  place: Place,
  claimed: Burst,
  { digest }: BurstStatus,
): ResultAsync<boolean, ChatProblem> =>
  safeTry(async function* () {
    if (yield* changeBurst(ports, place, claimed, { shown: digest })) return ok(true);
    const { burst } = yield* findConversation(ports.store.sessions, place);
    if (burst?.messageId === claimed.messageId && burst?.shown !== undefined)
      yield* changeBurst(ports, place, burst, { shown: uncertain, shownAt: ports.clock.now() });
    return ok(false);
  });

/** Deletes the message if another caller sent one during this slow call. */
const sendStatus = (
  ports: PresentPorts,
  place: Place,
  claimed: Burst,
  { said, keyboard, digest }: BurstStatus,
): ResultAsync<boolean, ChatProblem> =>
  safeTry(async function* () {
    const messageId = yield* sendText(ports.api, place, said, { keyboard, silent: true }).orElse((problem) =>
      releaseBurst(ports, place, claimed, problem),
    );
    if (yield* changeBurst(ports, place, claimed, { messageId, shown: digest })) {
      yield* noteSaid(ports, place, messageId);
      return ok(true);
    }
    yield* deleteMessage(ports.api, place.chatId, messageId);
    return ok(false);
  });
