import type { Chat, OutgoingFile } from "../chat/chat.ts";
import type { ChatMessage, ChatRoom, PressAnswer, SendAs } from "../protocol.ts";

/** The actions of the person, in order. */
export type Deed =
  | { readonly did: "say"; readonly text: string }
  | { readonly did: "send"; readonly as: SendAs; readonly files: readonly { name: string; bytes: number }[] }
  | { readonly did: "press"; readonly messageId: number; readonly data: string };

/** A chat without a bot: the test sets its content and the answers to presses. */
export interface ScriptedChat extends Chat {
  readonly deeds: readonly Deed[];
  put(message: Partial<ChatMessage> & Pick<ChatMessage, "id">): void;
  remove(id: number): void;
  set(room: Partial<ChatRoom>): void;
  /** Answers the pending press. */
  answer(answer: PressAnswer): void;
}

const blank = { from: "bot", at: 1_795_406_921, edited: false, text: "", entities: [], buttons: [] } as const;

export function scriptedChat(pictures: Readonly<Record<string, Uint8Array>> = {}): ScriptedChat {
  let room: ChatRoom = { botName: "Likeness", commands: [], language: "en", blocked: false };
  let messages: readonly ChatMessage[] = [];
  const deeds: Deed[] = [];
  const listeners = new Set<() => void>();
  let waiting: ((answer: PressAnswer) => void) | undefined;
  const changed = (): void => listeners.forEach((listener) => listener());
  const set = (change: Partial<ChatRoom>): void => {
    room = { ...room, ...change };
    changed();
  };
  return {
    deeds,
    room: () => room,
    messages: () => messages,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    says: (text) => void deeds.push({ did: "say", text }),
    sends: async (files: readonly OutgoingFile[], as) =>
      void deeds.push({ did: "send", as, files: files.map(({ name, bytes }) => ({ name, bytes: bytes.length })) }),
    presses: (messageId, data) => {
      deeds.push({ did: "press", messageId, data });
      return new Promise((resolve) => (waiting = resolve));
    },
    pays: async () => ({ type: "gone" }),
    refunds: () => false,
    blocks: () => set({ blocked: true }),
    unblocks: () => set({ blocked: false }),
    speaks: (language) => set({ language }),
    file: (id) => pictures[id],
    put: (message) => {
      const before = messages.find(({ id }) => id === message.id) ?? blank;
      const others = messages.filter(({ id }) => id !== message.id);
      messages = [...others, { ...before, ...message }].toSorted((one, other) => one.id - other.id);
      changed();
    },
    remove: (id) => {
      messages = messages.filter((message) => message.id !== id);
      changed();
    },
    set,
    answer: (answer) => waiting?.(answer),
  };
}
