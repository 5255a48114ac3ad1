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
  /** Where the chats are: they know the language of each person. */
  readonly sessions: SessionRepository;
  readonly clock: Clock;
  /** Hears about texts of the host that could not be used. */
  readonly log?: Log | undefined;
}

/**
 * Tells owners in their private chat, in the topic where they ordered it, what became of a training, each time as a new
 * message, since edits make no sound. Waiting and trying again are the outbox's business: with `@grammyjs/auto-retry` on its Api, set `rethrowHttpErrors` and
 * `rethrowInternalServerErrors`, else a call whose answer was lost is repeated, and the message with it.
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
                ? noteNotice(sessions, notification.trainingId, messageId).orElse(() => okAsync(undefined))
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

/** Has the progress message above say the same. Whether that works or not, the news have been sent. */
function endProgress(
  api: Api,
  sessions: SessionRepository,
  say: Say,
  locale: string,
  { content, avatarName: name, trainingId }: Notification,
): ResultAsync<void, never> {
  const outcome = outcomes[content.template];
  if (!outcome) return okAsync(undefined);
  return closeCard({ api, sessions }, trainingId, say(locale, "progress.ended", { name, outcome })).orElse(() =>
    okAsync(undefined),
  );
}

/**
 * News in the wrong place or language are better than none: without the row, in no topic and in the language of somebody we
 * know nothing of.
 */
const whereToTell = (
  sessions: SessionRepository,
  chatId: number,
  avatarId: string,
): ResultAsync<Place & Pick<Conversation, "locale">, never> =>
  findOrder(sessions, chatId, avatarId).orElse(() => okAsync({ chatId, locale: freshConversation.locale }));

/** Telegram counts whole seconds, so one more is on the safe side. */
const patienceSeconds = 1;

/** https://core.telegram.org/bots/api#responseparameters */
function outcomeOf(problem: TelegramProblem, clock: Clock): Result<NotifierOutcome, NotifierFailure> {
  switch (problem.type) {
    case "rate-limited":
      return ok({ type: "retry-at", at: addSeconds(clock.now(), problem.retryAfterSeconds + patienceSeconds) });
    // Final until the person comes back, which Telegram tells us: then it is sent again.
    case "unreachable":
      return ok({ type: "unreachable" });
    // Final: with a 400 that is not about the chat, Telegram says that the message itself will not do.
    case "refused":
      return ok({ type: "rejected", detail: problem.detail });
    case "telegram-failure":
      return err({ type: "notifier-failure", detail: problem.detail });
  }
}
