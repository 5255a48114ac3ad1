import { addSeconds, type JobOutcome } from "@likeness/core";
import { ok, safeTry, type ResultAsync } from "neverthrow";
import type { Burst } from "../../conversation/conversation.ts";
import { changeConversation, findConversation } from "../../conversation/conversations.ts";
import { deleteMessage } from "../../telegram/messages.ts";
import { actorOf } from "../actor.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { findOverview } from "../find-overview.ts";
import type { ChatProblem } from "../press.ts";
import { burstStatus } from "./burst-status.ts";
import { presentStatus } from "./present-status.ts";
import { settleBurst } from "./settle-burst.ts";
import { showableAt } from "./showable-at.ts";

type StatusPorts = Pick<ChatPorts, "likeness" | "store" | "api" | "clock" | "say">;

/** Brings the status message of a chat's burst up to date. Tells when to look again. */
export function showStatus(ports: StatusPorts, chatId: number): ResultAsync<JobOutcome, ChatProblem> {
  const { store, clock } = ports;
  return safeTry(async function* () {
    const { burst, locale } = yield* findConversation(store.sessions, chatId);
    if (!burst) return ok({ type: "done" } as const);
    const person = { actor: actorOf(chatId), chatId, locale };
    const found = yield* findOverview(ports, person, burst.avatarId);
    if (!found) return drop(ports, chatId, burst);

    const status = burstStatus(ports, person, found, burst);
    if (burst.messageId !== undefined && burst.shown === status.digest)
      return settleBurst(ports, person, burst, found.photos);
    const now = clock.now();
    const from = showableAt(burst);
    if (from !== undefined && from > now) return ok({ type: "again", at: from } as const);
    const presented = yield* presentStatus(ports, chatId, burst, status);
    return ok({ type: "again", at: presented ? now : addSeconds(now, 1) } as const);
  });
}

/** Takes the message about the photos of an erased avatar away. */
const drop = (
  ports: StatusPorts,
  chatId: number,
  { avatarId, messageId }: Burst,
): ResultAsync<JobOutcome, ChatProblem> =>
  safeTry(async function* () {
    if (messageId !== undefined) yield* deleteMessage(ports.api, chatId, messageId);
    yield* changeConversation(ports.store.sessions, chatId, (conversation) => {
      const { burst, ...rest } = conversation;
      return burst?.avatarId === avatarId ? rest : conversation;
    });
    return ok({ type: "done" } as const);
  });
