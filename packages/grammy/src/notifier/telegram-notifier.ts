import {
  addSeconds,
  silentLog,
  type BlobStore,
  type Clock,
  type Log,
  type Notification,
  type Notifier,
  type NotifierFailure,
  type NotifierOutcome,
  type OwnerRepository,
  type SessionRepository,
  type Store,
} from "@likeness/core";
import type { Api } from "grammy";
import { err, ok, okAsync, type Result, type ResultAsync } from "neverthrow";
import { chatOf } from "../chat/actor.ts";
import { closeDrawing } from "../chat/pictures/close-drawing.ts";
import { closeCard } from "../chat/training/close-card.ts";
import { noteNotice } from "../chat/training/close-notice.ts";
import { findOrder } from "../conversation/conversations.ts";
import { freshConversation, type Conversation } from "../conversation/conversation.ts";
import type { Place } from "../conversation/place.ts";
import { chatApi } from "../telegram/chat-api.ts";
import type { ShowPicturesError } from "../pictures/show-pictures.ts";
import { sendText } from "../telegram/messages.ts";
import type { Say, TextOptions } from "../texts/catalog.ts";
import { sayIn } from "../texts/say.ts";
import { notificationMessage } from "./notification-message.ts";
import { picturesIn, tellPictures } from "./tell-pictures.ts";

export interface TelegramNotifierOptions extends TextOptions {
  /** The sessions of the chats, which hold topics, and the language that Telegram states. */
  readonly sessions: SessionRepository;
  /** What people have chosen; absent: their language is that of their chat. */
  readonly owners?: Pick<OwnerRepository, "find"> | undefined;
  readonly clock: Clock;
  /** Logs texts of the host that could not be used, and pictures that Telegram did not take as photos. */
  readonly log?: Log | undefined;
  /** Where pictures are read from; absent: this deployment makes none. */
  readonly pictures?: { readonly store: Store; readonly blobs: BlobStore } | undefined;
}

/**
 * Tells owners the outcome of a training, and shows them their pictures, in their private chat, in the topic where they
 * ordered it, always as a new message, because edits are silent. The outbox waits and retries. If the Api has `@grammyjs/auto-retry`, set
 * `rethrowHttpErrors` and `rethrowInternalServerErrors`; otherwise it repeats a call whose answer was lost, and the
 * message is sent twice.
 *
 * @example
 * const { sessions, owners } = store;
 * const notifier = telegramNotifier(bot.api, { sessions, owners, clock: systemClock, pictures: { store, blobs } });
 */
export function telegramNotifier(
  api: Api,
  { sessions, owners, clock, log = silentLog, pictures, ...texts }: TelegramNotifierOptions,
): Notifier {
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
      return whereToTell({ sessions, owners }, chatId, notification).andThen(({ locale, ...place }) => {
        const wording = { say, locale, pictures: pictures !== undefined };
        const sayWords = (told: Notification): ResultAsync<number, ShowPicturesError> => {
          const { said, keyboard } = notificationMessage(wording, told);
          return sendText(ours, place, said, { keyboard });
        };
        const told: ResultAsync<number | undefined, ShowPicturesError> =
          pictures && picturesIn(notification).length > 0
            ? tellPictures({ api: ours, sessions, log, ...pictures }, place, wording, notification, sayWords)
            : sayWords(notification);
        return told
          .andThen((messageId) =>
            settle({ api: ours, sessions }, say, locale, notification, messageId).map((): NotifierOutcome => ({
              type: "sent",
              ...(messageId !== undefined && { messageId: String(messageId) }),
            })),
          )
          .orElse((problem) => outcomeOf(problem, clock));
      });
    },
  };
}

/** As what its place was stored: a set of pictures by itself, everything else by its avatar. */
const orderedIn = ({ content, avatarId }: Notification): string =>
  content.template === "images-done" ? content.setId : avatarId;

/** Updates what the chat says about the order elsewhere. Errors are ignored, because the notification was sent. */
function settle(
  ports: { readonly api: Api; readonly sessions: SessionRepository },
  say: Say,
  locale: string,
  { content, avatarName: name, orderId }: Notification,
  messageId: number | undefined,
): ResultAsync<void, never> {
  const ended = (outcome: "succeeded" | "failed") =>
    anyway(closeCard(ports, orderId, say(locale, "progress.ended", { name, outcome })));
  switch (content.template) {
    case "training-ready":
      return ended("succeeded");
    case "training-failed":
      return ended("failed");
    case "training-unconfirmed":
      return messageId === undefined ? okAsync(undefined) : anyway(noteNotice(ports.sessions, orderId, messageId));
    case "images-done":
      return anyway(closeDrawing(ports, content.setId));
    case "model-unsaved":
    case "first-look":
    case "owner-leaving":
      return okAsync(undefined);
  }
}

const anyway = (settled: ResultAsync<void, unknown>): ResultAsync<void, never> =>
  settled.orElse(() => okAsync(undefined));

/**
 * A notification in the wrong topic or language is better than none: if the store fails, it is sent outside of the
 * topics and in the default language.
 */
const whereToTell = (
  { sessions, owners }: Pick<TelegramNotifierOptions, "sessions" | "owners">,
  chatId: number,
  notification: Notification,
): ResultAsync<Place & Pick<Conversation, "locale">, never> =>
  findOrder(sessions, chatId, orderedIn(notification))
    .orElse(() => okAsync({ chatId, locale: freshConversation.locale }))
    .andThen((told) =>
      (owners?.find(notification.ownerId) ?? okAsync(undefined))
        .map((owner): Place & Pick<Conversation, "locale"> => ({ ...told, locale: owner?.locale ?? told.locale }))
        .orElse(() => okAsync(told)),
    );

/** Adds a second, because Telegram rounds to whole seconds. */
const roundingSeconds = 1;

/** https://core.telegram.org/bots/api#responseparameters */
function outcomeOf(problem: ShowPicturesError, clock: Clock): Result<NotifierOutcome, NotifierFailure> {
  switch (problem.type) {
    case "storage-failure":
      return err({ type: "notifier-failure", detail: "the pictures could not be read" });
    case "picture-gone":
      return ok({ type: "sent" });
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
