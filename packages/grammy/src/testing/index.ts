export type { ChatButton, ChatMessage } from "./person/chat-message.ts";
export type { TelegramEvent } from "./control/events.ts";
export type { TelegramControl, TelegramFileContent } from "./control/telegram-control.ts";
export type {
  AlbumItem,
  ButtonChoice,
  Checkout,
  FileInput,
  InvoiceChoice,
  Person,
  PersonProfile,
  PhotoInput,
  Press,
  Sent,
  SentFile,
  Topic,
} from "./person/person.ts";
export { serveTelegramFake } from "./serve-telegram-fake.ts";
export type { ServedTelegramFake } from "./serve-telegram-fake.ts";
export type { ServeOptions } from "@likeness/fake-server";
export type {
  FileTrouble,
  PaymentOutcome,
  PressAnswer,
  StarRecord,
  TelegramSnapshot,
} from "./state/telegram-snapshot.ts";
export { telegramFake } from "./telegram-fake.ts";
export type { TelegramFake, TelegramFakeOptions } from "./telegram-fake.ts";
export type { TelegramDelivery } from "./updates/webhook-courier.ts";
export type { WebhookAnswer } from "./updates/webhook-schedule.ts";
export type { TelegramCall } from "./wire/calls.ts";
export type { TelegramFault, TelegramFaultAnswer } from "./wire/faults.ts";
