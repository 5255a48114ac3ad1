import type { Timestamp } from "@likeness/core";
import type { BotCommand, ForumTopicCreated, MenuButton, Message, Update, User } from "grammy/types";

/** A message in a private chat, as the bot gets it, with what only the server knows. */
export interface MessageRecord {
  readonly message: Message;
  /** Sent with a custom keyboard or a forced reply: it can never be edited. */
  readonly fixed?: boolean | undefined;
  /** What a press on *Pay* pays. */
  readonly invoice?: InvoiceRecord | undefined;
  readonly reaction?: string | undefined;
}

/** A topic of a private chat; its id is the one of the message that began it. */
export interface TopicRecord {
  readonly id: number;
  readonly name: string;
  readonly icon_color: ForumTopicCreated["icon_color"];
}

/** The private chat of one person with the bot. Its id is the person's. */
export interface ChatRecord {
  readonly person: User;
  /** The bot may write only to those who wrote first. */
  readonly started: boolean;
  readonly blocked: boolean;
  readonly messages: readonly MessageRecord[];
  readonly topics?: readonly TopicRecord[] | undefined;
  /** The topic that the person's app shows. */
  readonly openTopic?: number | undefined;
}

/** The fault of a file's downloads. */
export type FileTrouble = "missing" | "truncated" | "slow" | "oversized";

export interface FileRecord {
  readonly fileId: string;
  readonly fileUniqueId: string;
  readonly kind: "photo" | "document" | "voice" | "video" | "sticker";
  /** The stated size; for a file with bytes, their number. */
  readonly size: number;
  readonly name?: string | undefined;
  readonly mimeType?: string | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** Hex SHA-256 of the bytes, the key of `TelegramSnapshot.bytes`. Absent: as many zeros as the size says. */
  readonly digest?: string | undefined;
  /** Of a photo: the ids of all its sizes, smallest first. */
  readonly sizes?: readonly string[] | undefined;
  readonly trouble?: FileTrouble | undefined;
  /** Calls that name it are refused. */
  readonly lost?: boolean | undefined;
  /** Where `getFile` put it, and until when. */
  readonly path?: { readonly name: string; readonly until: Timestamp } | undefined;
}

/** An update that the bot has not confirmed yet. */
export interface QueuedUpdate {
  readonly update: Update;
  /** Updates of one queue go to a webhook one after another. */
  readonly queue: string;
  readonly expiresAt: Timestamp;
  /** Not part of the queue: sent once more on request, then dropped. */
  readonly again?: boolean | undefined;
}

export interface WebhookRecord {
  readonly url: string;
  readonly secretToken?: string | undefined;
  readonly maxConnections: number;
  readonly lastError?: { readonly at: Timestamp; readonly message: string } | undefined;
  /** When the first of a series of 410 answers came. */
  readonly goneSince?: Timestamp | undefined;
}

/** A button press and the bot's answer. */
export interface PressRecord {
  readonly id: string;
  readonly personId: number;
  readonly messageId: number;
  readonly data: string;
  readonly at: Timestamp;
  readonly answer?: PressAnswer | undefined;
}

/** What a person sees after a press: a toast, an alert, or nothing when there is no text. */
export interface PressAnswer {
  readonly text?: string | undefined;
  readonly showAlert?: boolean | undefined;
}

/** An invoice in Stars. Its payload is shown to no person. */
export interface InvoiceRecord {
  readonly title: string;
  readonly description: string;
  readonly payload: string;
  readonly stars: number;
  /** Non-empty: forwarded copies open the bot instead of paying. */
  readonly startParameter: string;
}

/** A person has confirmed a payment, and Telegram asks the bot whether it may go on. */
export interface CheckoutRecord {
  readonly id: string;
  readonly personId: number;
  readonly invoice: InvoiceRecord;
  readonly at: Timestamp;
  readonly outcome?: PaymentOutcome | undefined;
}

/**
 * What came of a payment. `refused`: the bot answered with a text. `timeout`: it did not answer in time, which apps show
 * as `BOT_PRECHECKOUT_TIMEOUT`. Both charge nothing.
 */
export type PaymentOutcome =
  | { readonly type: "paid"; readonly chargeId: string; readonly messageId: number }
  | { readonly type: "refused"; readonly text: string }
  | { readonly type: "timeout" };

/** A line of the bot's account in Stars. A refund has the id of its payment. */
export interface StarRecord {
  readonly id: string;
  readonly type: "payment" | "refund";
  readonly personId: number;
  readonly stars: number;
  readonly payload: string;
  readonly at: Timestamp;
}

/** The whole state of the fake, without the bytes of files. */
export interface TelegramState {
  readonly bot: User & { readonly username: string };
  /** The next number of each kind. */
  readonly next: {
    update: number;
    message: number;
    file: number;
    path: number;
    press: number;
    album: number;
    checkout: number;
  };
  readonly chats: Record<string, ChatRecord>;
  readonly files: Record<string, FileRecord>;
  readonly presses: Record<string, PressRecord>;
  readonly checkouts: Record<string, CheckoutRecord>;
  /** By the link. */
  readonly invoiceLinks: Record<string, InvoiceRecord>;
  /** Oldest first. */
  stars: readonly StarRecord[];
  updates: readonly QueuedUpdate[];
  /** While held, updates wait here without a number; `null`: nothing is held. */
  held: readonly Omit<Update, "update_id">[] | null;
  allowedUpdates: readonly string[];
  webhook: WebhookRecord | null;
  webhookSetAt: Timestamp | null;
  /** By scope and language, as `commandKey` writes them. */
  readonly commands: Record<string, readonly BotCommand[]>;
  /** By language, `""` for all others. */
  readonly descriptions: Record<string, string>;
  readonly shortDescriptions: Record<string, string>;
  /** By chat id, `""` for all others. */
  readonly menuButtons: Record<string, MenuButton>;
}

/** The whole state as one JSON value, from which `telegramFake` continues. */
export interface TelegramSnapshot extends TelegramState {
  readonly version: 1;
  /** The bytes of files in base64, by their hex SHA-256. */
  readonly bytes: Record<string, string>;
}

/** The initial state. */
export const newState = (bot: TelegramState["bot"]): TelegramState => ({
  bot,
  next: { update: 1001, message: 1, file: 1, path: 1, press: 1, album: 1, checkout: 1 },
  chats: {},
  files: {},
  presses: {},
  checkouts: {},
  invoiceLinks: {},
  stars: [],
  updates: [],
  held: null,
  allowedUpdates: [],
  webhook: null,
  webhookSetAt: null,
  commands: {},
  descriptions: {},
  shortDescriptions: {},
  menuButtons: {},
});
