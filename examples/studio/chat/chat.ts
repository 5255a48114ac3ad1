import type { ChatMessage, ChatRoom, Language, PressAnswer, SendAs } from "../protocol.ts";

export interface OutgoingFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface StoredFile {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** The chat of one person with the bot, as the page needs it. */
export interface Chat {
  room(): ChatRoom;
  messages(): readonly ChatMessage[];
  /** Calls back after every change of either; returns how to stop that. */
  subscribe(listener: () => void): () => void;

  says(text: string): void;
  /** Sent as albums of ten, as people do; `photo` for whatever is no picture sends the file. */
  sends(files: readonly OutgoingFile[], as: SendAs): Promise<void>;
  presses(messageId: number, data: string): Promise<PressAnswer>;
  blocks(): void;
  unblocks(): void;
  speaks(language: Language): void;

  /** What is behind a picture's or document's address. */
  file(id: string): StoredFile | undefined;
}
