import type { ChatMessage, ChatRoom, Language, PayAnswer, PressAnswer, SendAs } from "../protocol.ts";

export interface OutgoingFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The chat of one person with the bot, as the page needs it. */
export interface Chat {
  room(): ChatRoom;
  messages(): readonly ChatMessage[];
  /** Calls back after every change of either; returns a function that unsubscribes. */
  subscribe(listener: () => void): () => void;

  says(text: string): void;
  /** Sends files as albums of ten; with `photo`, a file that is not a picture is sent as a document. */
  sends(files: readonly OutgoingFile[], as: SendAs): Promise<void>;
  presses(messageId: number, data: string): Promise<PressAnswer>;
  /** Pays an invoice of the chat, or lets a friend pay a forwarded copy of it. */
  pays(messageId: number, forwarded: boolean): Promise<PayAnswer>;
  /** Telegram gives a payment back; false: it has been given back. */
  refunds(messageId: number): boolean;
  blocks(): void;
  unblocks(): void;
  speaks(language: Language): void;

  /** The bytes at the address of a picture or document of the chat. */
  file(id: string): Uint8Array | undefined;
}
