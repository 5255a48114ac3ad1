import {
  addSeconds,
  type Clock,
  type Log,
  type Notification,
  type NotificationTemplate,
  type Notifier,
  type NotifierFailure,
  type NotifierOutcome,
  type SessionRepository,
} from "@likeness/core";
import type { Api } from "grammy";
import { err, ok, okAsync, type Result, type ResultAsync } from "neverthrow";
import { chatOf } from "../chat/actor.ts";
import { closeCard } from "../chat/training/close-card.ts";
import { noteNotice } from "../chat/training/close-notice.ts";
import { findOrder } from "../conversation/conversations.ts";
import { freshConversation, type Conversation } from "../conversation/conversation.ts";
import type { Place } from "../conversation/place.ts";
import { chatApi } from "../telegram/chat-api.ts";
import { sendText } from "../telegram/messages.ts";
import type { TelegramProblem } from "../telegram/telegram-problem.ts";
import type { Say, TextOptions } from "../texts/catalog.ts";
import { sayIn } from "../texts/say.ts";
import { notificationMessage } from "./notification-message.ts";

export interface TelegramNotifierOptions extends TextOptions {
  /** The sessions of the chats, which hold the language of each person. */
  readonly sessions: SessionRepository;
  readonly clock: Clock;
  /** Logs texts of the host that could not be used. */
  readonly log?: Log | undefined;
}

/**
 * Tells owners the outcome of a training in their private chat, in the topic where they ordered it, always as a new
 * message, because edits are silent. The outbox waits and retries. If the Api has `@grammyjs/auto-retry`, set
 * `rethrowHttpErrors` and `rethrowInternalServerErrors`; otherwise it repeats a call whose answer was lost, and the
 * message is sent twice.
 *
 * @example
 * const notifier = telegramNotifier(bot.api, { sessions: store.sessions, clock: systemClock });
 */
export function telegramNotifier(api: Api, { sessions, clock, log, ...texts }: TelegramNotifierOptions): Notifier {
  const say = sayIn(texts, log);
  const ours = chatApi(api, { sessions, clock });
  return {
    send: (notification) => {
      const chatId = chatOf(notification.ownerId);
      if (chatId === undefined)
        return okAsync({
          type: "rejected",
          detail: `the owner ${notification.ownerId} is nobody in Telegram`,
        } as const);
      return whereToTell(sessions, chatId, notification.avatarId).andThen(({ locale, ...place }) => {
        const { said, keyboard } = notificationMessage(say, locale, notification);
        return sendText(ours, place, said, { keyboard })
          .andThen((messageId) => {
            const sent: NotifierOutcome = { type: "sent", messageId: String(messageId) };
            return (
              notification.content.template === "training-unconfirmed"
                ? noteNotice(sessions, notification.orderId, messageId).orElse(() => okAsync(undefined))
                : endProgress(ours, sessions, say, locale, notification)
            ).map(() => sent);
          })
          .orElse((problem) => outcomeOf(problem, clock));
      });
    },
  };
}

const outcomes = {
  "training-ready": "succeeded",
  "model-unsaved": undefined,
  "training-failed": "failed",
  "training-unconfirmed": undefined,
} as const satisfies Record<NotificationTemplate, "succeeded" | "failed" | undefined>;

/** Updates the progress message too. Errors are ignored, because the notification was sent. */
function endProgress(
  api: Api,
  sessions: SessionRepository,
  say: Say,
  locale: string,
  { content, avatarName: name, orderId }: Notification,
): ResultAsync<void, never> {
  const outcome = outcomes[content.template];
  if (!outcome) return okAsync(undefined);
  return closeCard({ api, sessions }, orderId, say(locale, "progress.ended", { name, outcome })).orElse(() =>
    okAsync(undefined),
  );
}

/**
 * A notification in the wrong topic or language is better than none: if the store fails, it is sent outside of the
 * topics and in the default language.
 */
const whereToTell = (
  sessions: SessionRepository,
  chatId: number,
  avatarId: string,
): ResultAsync<Place & Pick<Conversation, "locale">, never> =>
  findOrder(sessions, chatId, avatarId).orElse(() => okAsync({ chatId, locale: freshConversation.locale }));

/** Adds a second, because Telegram rounds to whole seconds. */
const roundingSeconds = 1;

/** https://core.telegram.org/bots/api#responseparameters */
function outcomeOf(problem: TelegramProblem, clock: Clock): Result<NotifierOutcome, NotifierFailure> {
  switch (problem.type) {
    case "rate-limited":
      return ok({ type: "retry-at", at: addSeconds(clock.now(), problem.retryAfterSeconds + roundingSeconds) });
    // Not retried until the person is back, which Telegram reports; it is resent then.
    case "unreachable":
      return ok({ type: "unreachable" });
    // Not retried: a 400 that is not about the chat means that Telegram refuses the message itself.
    case "refused":
      return ok({ type: "rejected", detail: problem.detail });
    case "telegram-failure":
      return err({ type: "notifier-failure", detail: problem.detail });
  }
}
