import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { Burst } from "../../conversation/conversation.ts";
import { findConversation } from "../../conversation/conversations.ts";
import type { Place } from "../../conversation/place.ts";
import { deleteMessage, editText, sendText, type Edit } from "../../telegram/messages.ts";
import type { ChatPorts } from "../chat-ports.ts";
import type { ChatProblem } from "../press.ts";
import { noteSaid } from "../show-message.ts";
import type { BurstStatus } from "./burst-status.ts";
import { changeBurst } from "./change-burst.ts";
import { releaseBurst } from "./release-burst.ts";
import { uncertain } from "./showable-at.ts";

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
export function presentStatus(
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
