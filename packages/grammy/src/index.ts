export { actorOf, chatOf } from "./chat/actor.ts";
export { avatarChat } from "./chat/avatar-chat.ts";
export type { AvatarChat, AvatarChatOptions } from "./chat/avatar-chat.ts";
export type { PublishOptions } from "./chat/commands/publish-commands.ts";
export type { Received } from "./chat/received.ts";
export { telegramAlarms } from "./alarms/telegram-alarms.ts";
export type { TelegramAlarmsOptions } from "./alarms/telegram-alarms.ts";
export { telegramNotifier } from "./notifier/telegram-notifier.ts";
export type { TelegramNotifierOptions } from "./notifier/telegram-notifier.ts";
export { operatorComposer } from "./operator/operator-composer.ts";
export type { OperatorComposer, OperatorComposerOptions } from "./operator/operator-composer.ts";
export { starShop } from "./shop/star-shop.ts";
export type { StarShop, StarShopOptions } from "./shop/star-shop.ts";
export type { StarPackage } from "./shop/star-package.ts";
export { telegramPhotos } from "./photos/telegram-photos.ts";
export type { TelegramPhotosOptions } from "./photos/telegram-photos.ts";
export { telegramChecks } from "./telegram/telegram-checks.ts";
export type { TelegramChecksOptions } from "./telegram/telegram-checks.ts";
export type { TelegramProblem } from "./telegram/telegram-problem.ts";
export { telegramChannel } from "./telegram-channel.ts";
export type { ChannelChatOptions, TelegramChannel, TelegramChannelOptions } from "./telegram-channel.ts";
export { locales } from "./texts/catalog.ts";
export type { Locale, TextOptions, TextOverrides, Translate } from "./texts/catalog.ts";
export type { FormattedText, Text } from "./texts/text.ts";
export type {
  PhotoCount,
  ProgressPhase,
  RejectedPhoto,
  Remaining,
  TextKey,
  TextParameters,
  Texts,
  Waiting,
} from "./texts/texts.ts";
export { pollUpdates } from "./updates/poll-updates.ts";
export type { Polling, PollUpdatesOptions } from "./updates/poll-updates.ts";
export { telegramEndpoint } from "./updates/telegram-endpoint.ts";
export type { TelegramEndpointOptions } from "./updates/telegram-endpoint.ts";
export { telegramUpdates } from "./updates/telegram-updates.ts";
export type { TelegramUpdates, TelegramUpdatesOptions } from "./updates/telegram-updates.ts";
export type { AnswerAtOnce } from "./updates/without-waiting.ts";
export { allowedUpdates, telegramWebhook } from "./updates/receive-update.ts";
export type {
  ReceiveUpdate,
  ReceiveUpdateRequest,
  UpdateForbidden,
  UpdateMalformed,
  UpdateRequest,
} from "./updates/receive-update.ts";
