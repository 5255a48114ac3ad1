import type { TelegramFake, TelegramSnapshot } from "@likeness/grammy/testing";
import { languages, type ChatRoom, type Language, type PayAnswer, type PressAnswer } from "../protocol.ts";
import { asTelegramSends } from "./as-telegram-sends.ts";
import type { Chat } from "./chat.ts";
import { serviceLines } from "./service-lines.ts";
import { shownMessage } from "./shown-message.ts";

/** The one person of the studio. */
export const personId = 1001;

/** Gets forwarded invoices. */
const friendId = 1002;

/** Longer than a bot should take; after this the studio no longer waits for the answer to a press. */
const answerSeconds = 20;
/** https://core.telegram.org/bots/api#sendchataction: five seconds or less. */
const actionSeconds = 5;

export interface TelegramChatOptions {
  readonly fake: TelegramFake;
  /** The snapshot from which the fake was started. */
  readonly snapshot: TelegramSnapshot | undefined;
}

/** The chat of the studio's person with the bot, at the fake Telegram. */
export function telegramChat({ fake, snapshot }: TelegramChatOptions): Chat {
  const { control } = fake;
  const before = snapshot?.chats[personId];
  const person = control.person(personId, { firstName: "Alex", languageCode: before?.person.language_code ?? "en" });
  const service = serviceLines();
  const listeners = new Set<() => void>();
  let blocked = before?.blocked ?? false;
  let language = spokenBefore(before?.person.language_code);
  let action: string | undefined;
  let actionTimer: NodeJS.Timeout | undefined;
  const changed = (): void => listeners.forEach((listener) => listener());

  const act = (current: string | undefined): void => {
    clearTimeout(actionTimer);
    action = current;
    if (current !== undefined)
      actionTimer = setTimeout(() => (act(undefined), changed()), actionSeconds * 1000).unref();
  };
  const newest = (): number => person.chat().at(-1)?.id ?? 0;

  control.subscribe((event) => {
    if (event.type === "chat-action") act(event.action);
    if (event.type === "message" && event.message.from === "bot") act(undefined);
    if (event.type === "blocked" || event.type === "unblocked") {
      blocked = event.type === "blocked";
      service.add(newest(), blocked ? "You blocked the bot" : "You unblocked the bot");
    }
    changed();
  });

  return {
    room: (): ChatRoom => ({
      botName: snapshot?.bot.first_name ?? "Likeness",
      commands: person.commands().map(({ command, description }) => ({ command, description })),
      language,
      blocked,
      action,
    }),
    messages: () => service.among(person.chat().map(shownMessage)),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    says: (text) => void person.says(text),
    sends: async (files, as) => {
      person.sendsAlbum(await Promise.all(files.map((file) => asTelegramSends(file, as))));
    },
    presses: async (messageId, data) => {
      const message = person.chat().find(({ id }) => id === messageId);
      if (!message?.buttons.flat().some((button) => button.data === data)) return { type: "gone" };
      return Promise.race([answered(person.presses({ data }, { messageId }).answer), tooLate()]);
    },
    pays: async (messageId, forwarded): Promise<PayAnswer> => {
      if (!person.chat().some(({ id, invoice }) => id === messageId && invoice)) return { type: "gone" };
      if (!forwarded) return person.pays({ messageId }).outcome;
      const friend = control.person(friendId, { firstName: "Sam", languageCode: language });
      return friend.pays({ forwardedBy: personId, messageId }).outcome;
    },
    refunds: (messageId) => {
      const chargeId = person.chat().find(({ id }) => id === messageId)?.payment?.chargeId;
      const isOpen =
        chargeId !== undefined && !control.stars.some(({ id, type }) => id === chargeId && type === "refund");
      if (isOpen) control.refund(chargeId);
      return isOpen;
    },
    blocks: person.blocks,
    unblocks: person.unblocks,
    speaks: (spoken) => {
      language = spoken;
      control.person(personId, { languageCode: spoken });
      changed();
    },
    file: (id) => {
      const shown = person.chat().some(({ photo, document }) => photo?.fileId === id || document?.fileId === id);
      return shown ? control.file(id).bytes : undefined;
    },
  };
}

const spokenBefore = (code: string | undefined): Language =>
  (Object.keys(languages) as Language[]).find((language) => language === code) ?? "en";

async function answered(
  answer: Promise<{ readonly text?: string; readonly showAlert?: boolean }>,
): Promise<PressAnswer> {
  const { text, showAlert = false } = await answer;
  return { type: "answered", text, alert: showAlert };
}

const tooLate = (): Promise<PressAnswer> =>
  new Promise((resolve) => setTimeout(() => resolve({ type: "unanswered" }), answerSeconds * 1000).unref());
