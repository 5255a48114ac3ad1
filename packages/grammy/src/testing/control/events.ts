import type { Timestamp } from "@likeness/core";
import type { ChatMessage } from "../person/chat-message.ts";
import type { PaymentOutcome, PressAnswer } from "../state/telegram-snapshot.ts";
import type { WebhookAnswer } from "../updates/webhook-schedule.ts";

/** An event, small enough to be sent to a page. `chatId` is the id of the person; absent if no person is involved. */
export type TelegramEvent = { readonly at: Timestamp; readonly chatId?: number | undefined } & (
  | { readonly type: "message" | "message-edited"; readonly message: ChatMessage }
  | { readonly type: "message-deleted"; readonly messageId: number }
  | { readonly type: "reaction"; readonly messageId: number; readonly emoji?: string | undefined }
  | { readonly type: "chat-action"; readonly action: string }
  | { readonly type: "draft"; readonly draftId: number; readonly text: string }
  | { readonly type: "pressed"; readonly pressId: string; readonly messageId: number; readonly data: string }
  | { readonly type: "press-answered"; readonly pressId: string; readonly answer: PressAnswer }
  | { readonly type: "checkout"; readonly checkoutId: string; readonly stars: number }
  | { readonly type: "checkout-ended"; readonly checkoutId: string; readonly outcome: PaymentOutcome }
  | { readonly type: "blocked" | "unblocked" }
  | { readonly type: "commands" }
  | {
      readonly type: "call";
      readonly method: string;
      /** `"lost"`: the connection was closed instead of an answer. */
      readonly answer: "ok" | "lost" | { readonly errorCode: number; readonly description: string };
    }
  | { readonly type: "download"; readonly path: string; readonly status: number }
  | {
      readonly type: "webhook-delivery";
      readonly updateId: number;
      readonly attempt: number;
      readonly answer: WebhookAnswer;
    }
);

/** An event without its time. */
export type TelegramNews = TelegramEvent extends infer Event
  ? Event extends Event
    ? Omit<Event, "at">
    : never
  : never;

export interface Events {
  emit(news: TelegramNews): void;
  subscribe(listener: (event: TelegramEvent) => void): () => void;
}

/** Calls the listeners with each event, synchronously and in order. */
export function events(now: () => Timestamp): Events {
  const listeners = new Set<(event: TelegramEvent) => void>();
  return {
    emit: (news) => {
      const event = { at: now(), ...news };
      for (const listener of listeners) listener(event);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
