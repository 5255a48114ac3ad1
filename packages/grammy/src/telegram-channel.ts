import type { Likeness, NotifierWith, PhotoSource } from "@likeness/core";
import type { Api } from "grammy";
import { avatarChat, type AvatarChat, type AvatarChatOptions } from "./chat/avatar-chat.ts";
import { telegramNotifier } from "./notifier/telegram-notifier.ts";
import { telegramPhotos, type TelegramPhotosOptions } from "./photos/telegram-photos.ts";
import type { TextOptions } from "./texts/catalog.ts";

export interface TelegramChannelOptions extends TextOptions {
  /** How photos are fetched. */
  readonly photos?: TelegramPhotosOptions | undefined;
}

/** What the chat does not take from the channel or from `likeness`. */
export type ChannelChatOptions = Omit<
  AvatarChatOptions,
  "likeness" | "api" | "store" | "blobs" | "profiles" | "clock" | "ids" | "log" | keyof TextOptions
>;

export interface TelegramChannel {
  /** For `createLikeness`: messages to owners, and the photos that they send. */
  readonly ports: { readonly notifier: NotifierWith; readonly photoSource: PhotoSource };
  /** The chat, which shares everything that `likeness` was given. */
  chat(likeness: Likeness, options?: ChannelChatOptions): AvatarChat;
}

/**
 * Telegram, for a bot of the host's: all that needs its Api and the words, so that the host passes both once. `api` is
 * `bot.api`.
 *
 * @example
 * const telegram = telegramChannel(bot.api);
 * const likeness = createLikeness({ store, queue, provider, outcomes, blobs, inspector, profiles, ...telegram.ports });
 * const avatars = telegram.chat(likeness, { about: { support: "@support" } });
 * bot.use(avatars);
 * const started = await likeness.start(avatars.handlers);
 * if (started.isErr()) throw new Error("the queue does not start", { cause: started.error });
 */
export function telegramChannel(api: Api, { photos, ...texts }: TelegramChannelOptions = {}): TelegramChannel {
  return {
    ports: {
      notifier: ({ store, blobs, clock, log, makesPictures }) => {
        const { sessions, owners } = store;
        const pictures = makesPictures ? { store, blobs } : undefined;
        return telegramNotifier(api, { ...texts, sessions, owners, clock, log, pictures });
      },
      photoSource: telegramPhotos(api, photos),
    },
    chat: (likeness, options) => avatarChat({ ...options, ...texts, likeness, api }),
  };
}
