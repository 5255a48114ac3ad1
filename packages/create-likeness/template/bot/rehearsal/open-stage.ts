import type { Log } from "@likeness/core";
import { serveTelegramFake, telegramFake } from "@likeness/grammy/testing";
import { startBot } from "../bot.ts";
import { fakeDatabase } from "./fake-database.ts";
import { peopleSettings } from "./fake-people.ts";
import { fakeProvider } from "./fake-provider.ts";

export interface StageOptions {
  readonly folder: string;
  readonly log: Log;
  /** How long a training takes. */
  readonly seconds: number;
}

/** The bot as it is, with fakes of Telegram and of the provider around it, and Ada, who writes to it. */
export async function openStage({ folder, log, seconds }: StageOptions) {
  const token = "123456:fake-token";
  const telegram = telegramFake({ token });
  const [server, provider, database] = await Promise.all([
    serveTelegramFake(telegram),
    fakeProvider(seconds),
    fakeDatabase(),
  ]);
  const settings = { TELEGRAM_BOT_TOKEN: token, ...provider.settings, ...database.settings, ...peopleSettings };
  const policy = { pollSeconds: seconds / 5, imagePollSeconds: seconds / 5 };
  const urls = { telegramUrl: server.url, providerUrl: provider.url };
  const stop = await startBot(settings, { folder, log, policy, ...urls });
  const ada = telegram.control.person(42, { firstName: "Ada", languageCode: "en" });

  /** Waits until Ada sees what is looked for. */
  const until = <Found>(look: () => Found | undefined): Promise<Found> =>
    new Promise((resolve) => {
      const check = (): void => {
        const found = look();
        if (found === undefined) return;
        forget();
        resolve(found);
      };
      const forget = telegram.control.subscribe(check);
      check();
    });
  const buttons = () => ada.chat().flatMap((message) => message.buttons.flat());

  return {
    telegram,
    ada,
    /** Waits until the bot has said these words. */
    hears: (words: string) => until(() => ada.chat().find(({ from, text }) => from === "bot" && text?.includes(words))),
    /** Presses the newest button with these words as soon as there is one. */
    presses: async (words: string): Promise<void> => {
      const { text } = await until(() => buttons().findLast((button) => button.text.includes(words)));
      await ada.presses({ text }).answer;
    },
    failNextTraining: provider.failNext,
    close: async (): Promise<void> => {
      await stop();
      await server.close();
      await telegram.close();
      await provider.close();
      await database.close();
    },
  };
}

export type Stage = Awaited<ReturnType<typeof openStage>>;
