import { addSeconds, type JobOutcome, type Photo } from "@likeness/core";
import { errAsync, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { Burst } from "../../conversation/conversation.ts";
import { sendText } from "../../telegram/messages.ts";
import type { TelegramProblem } from "../../telegram/telegram-problem.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import type { ChatProblem } from "../press.ts";
import { noteSaid } from "../show-message.ts";
import { isAlone, rejectedIn } from "./burst-status.ts";
import { changeBurst, sendingSeconds, telling } from "./burst.ts";
import { messageOf } from "./incoming-photo.ts";

type TellPorts = Pick<ChatPorts, "store" | "api" | "clock" | "say" | "log">;

/** Telegram's limit is one message per second in a chat: https://core.telegram.org/bots/faq#broadcasting-to-users */
const betweenMessagesSeconds = 1;

/** The next rejected photo of a burst without a reply. */
export const nextUntold = (photos: readonly Photo[], burst: Burst): Photo | undefined =>
  rejectedIn(photos, burst).find(({ number }) => !burst.told?.includes(number));

/**
 * Replies to a photo with the reason why it was rejected. The reply quotes the picture and stays. In a burst the
 * replies are silent. The claim is stored first, so that of several callers at once only one replies.
 */
export function tellRefusal(
  ports: TellPorts,
  person: Person,
  burst: Burst,
  photo: Photo,
): ResultAsync<JobOutcome, ChatProblem> {
  const { api, clock, say } = ports;
  const { locale } = person;
  const { number, reference, state } = photo;
  const soon = (): JobOutcome => ({ type: "again", at: addSeconds(clock.now(), betweenMessagesSeconds) });
  return safeTry(async function* () {
    const from = burst.tellingAt && addSeconds(burst.tellingAt, sendingSeconds);
    const now = clock.now();
    if (from !== undefined && from > now) return ok({ type: "again", at: from } as const);
    const claimed = yield* changeBurst(ports, person, burst, { tellingAt: now }, telling);
    if (!claimed || state.status !== "rejected") return ok(soon());
    const said = say(locale, "photo.rejected", { number, rejection: state.rejection });
    const options = { replyTo: messageOf(reference), silent: !isAlone(burst) };
    const messageId = yield* sendText(api, person, said, options).orElse((problem) =>
      giveUp(ports, person, photo, claimed, problem),
    );
    if (messageId !== undefined) yield* noteSaid(ports, person, messageId);
    const told = [...(claimed.told ?? []), number];
    yield* changeBurst(ports, person, claimed, { told, tellingAt: undefined }, telling);
    return ok(soon());
  });
}

/**
 * A reply that Telegram refuses is skipped, so that it does not block the others; after other problems it is retried.
 */
function giveUp(
  ports: TellPorts,
  person: Person,
  { id: photoId, avatarId }: Photo,
  claimed: Burst,
  problem: TelegramProblem,
): ResultAsync<undefined, ChatProblem> {
  if (problem.type === "refused") {
    ports.log.error(
      { chatId: person.chatId, photoId, avatarId, detail: problem.detail },
      "Telegram refused to say why a photo was not taken",
    );
    return okAsync(undefined);
  }
  return changeBurst(ports, person, claimed, { tellingAt: undefined }, telling).andThen(() => errAsync(problem));
}
