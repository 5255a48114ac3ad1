import type { BotCommand } from "grammy/types";
import type { FileTrouble, PaymentOutcome, PressAnswer } from "../state/telegram-snapshot.ts";
import type { ChatMessage } from "./chat-message.ts";

export interface PersonProfile {
  /** Default: "Person" and the id. */
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly username?: string | undefined;
  /** An IETF tag. Many apps send none. */
  readonly languageCode?: string | undefined;
}

/** A message that a person sent. */
export interface Sent {
  readonly messageId: number;
}

/** A part of the chat with messages of its own. */
export interface Topic {
  readonly topicId: number;
}

/** `fileId` is the one of the largest size of a photo. */
export interface SentFile extends Sent {
  readonly fileId: string;
}

export interface PhotoInput {
  readonly bytes: Uint8Array;
  readonly caption?: string | undefined;
  /** Makes downloads of it fail from the start. */
  readonly trouble?: FileTrouble | undefined;
}

/** `size` without bytes is a file that claims to be so large. */
export type FileInput = ({ readonly bytes: Uint8Array } | { readonly size: number }) & {
  readonly name?: string | undefined;
  /** The type that the app states, which may be wrong. */
  readonly mimeType?: string | undefined;
  readonly caption?: string | undefined;
  readonly trouble?: FileTrouble | undefined;
};

/** Photos are sent compressed and lose name and type on the way, documents stay as they are. */
export type AlbumItem =
  | (PhotoInput & Pick<FileInput, "name" | "mimeType"> & { readonly as?: "photo" | undefined })
  | (FileInput & { readonly as: "document" });

/** Finds a button by its label or by its data. */
export type ButtonChoice = { readonly text: string } | { readonly data: string };

export interface Press {
  /** Of the callback query. */
  readonly id: string;
  /** The bot's answer: a toast, an alert, or nothing visible. Pending until the bot answers. */
  readonly answer: Promise<PressAnswer>;
}

/**
 * An invoice: a message of the person's own chat (the newest invoice if none is named), a copy that another person has
 * forwarded, or a link of the bot's.
 */
export type InvoiceChoice =
  | { readonly messageId?: number | undefined }
  | { readonly forwardedBy: number; readonly messageId: number }
  | { readonly link: string };

export interface Checkout {
  /** Of the pre-checkout query; absent: the forwarded copy has no *Pay* button, and opened the bot instead. */
  readonly id?: string | undefined;
  /** Pending until the bot answers, ten seconds at most. */
  readonly outcome: Promise<PaymentOutcome | { readonly type: "opened-bot" }>;
}

/**
 * The actions and the view of a person with a Telegram app. While the bot is blocked, all actions but `unblocks` throw.
 */
export interface Person {
  readonly id: number;
  /** A text of more than 4,096 characters becomes several messages, as apps send it. Returns the first one. */
  says(text: string, options?: { readonly replyTo?: number | undefined }): Sent;
  sendsPhoto(photo: Uint8Array | PhotoInput): SentFile;
  /** One message each; groups of at most ten of a kind share an id, as apps send them. */
  sendsAlbum(items: readonly AlbumItem[]): readonly SentFile[];
  sendsFile(file: FileInput): SentFile;
  sendsVoice(): SentFile;
  sendsSticker(): SentFile;
  sendsVideo(): SentFile;
  sendsLocation(): Sent;
  /** Changes a message of the person's own. */
  edits(
    messageId: number,
    change: {
      readonly text?: string | undefined;
      readonly caption?: string | undefined;
      readonly photo?: Uint8Array | undefined;
    },
  ): void;
  /** Presses a button of the newest message that has it. Throws and names the buttons there are if none has. */
  presses(button: ButtonChoice, options?: { readonly messageId?: number | undefined }): Press;
  /**
   * Sends data that no button has, from this message or the bot's newest; from one that is gone, Telegram knows no more
   * than its id.
   */
  forges(data: string, messageId?: number): Press;
  /** Presses *Pay* and confirms. An invoice can be paid again and again. */
  pays(invoice?: InvoiceChoice): Checkout;
  /** Makes a topic, as people may where the bot has them, and opens it. */
  createsTopic(name: string): Topic;
  /** Opens a topic, to which later messages are sent; without an id, the part of the chat outside of topics. */
  opensTopic(topicId?: number): void;
  /** It is gone with all its messages. */
  deletesTopic(topicId: number): void;
  blocks(): void;
  unblocks(): void;
  /** The chat as it looks now, oldest first. */
  chat(): readonly ChatMessage[];
  /** The commands that the app shows after `/`. */
  commands(): readonly BotCommand[];
}
