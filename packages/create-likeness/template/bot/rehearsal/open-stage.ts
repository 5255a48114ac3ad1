import type { Log } from "@likeness/core";
import { serveTelegramFake, telegramFake } from "@likeness/grammy/testing";
import { startBot } from "../bot.ts";
import { fakeDatabase } from "./fake-database.ts";
import { peopleSettings } from "./fake-people.ts";
import { fakeProvider } from "./fake-provider.ts";
import { explain } from "../problems.ts";

export interface StageOptions {
  readonly folder: string;
  readonly log: Log;
  /** How long a training takes. */
  readonly seconds: number;
  /** How long Ada waits for anything. Default 60. */
  readonly patienceSeconds?: number;
}

/** The bot as it is, with fakes of Telegram and of the provider around it, and Ada, who writes to it. */
export async function openStage({ folder, log, seconds, patienceSeconds = 60 }: StageOptions) {
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
  const troubles: string[] = [];
  const noted =
    (level: "warn" | "error"): Log["warn"] =>
    (fields, message) => {
      troubles.push(`${message} (${explain(fields.error ?? fields.problem)})`);
      log[level](fields, message);
    };
  const heard: Log = { ...log, warn: noted("warn"), error: noted("error") };
  const stop = await startBot(settings, { folder, log: heard, policy, ...urls });
  const ada = telegram.control.person(42, { firstName: "Ada", languageCode: "en" });

  /** Waits until Ada sees what is looked for, and throws when it does not come. */
  const until = <Found>(what: string, look: () => Found | undefined): Promise<Found> =>
    new Promise((resolve, reject) => {
      const check = (): void => {
        const found = look();
        if (found === undefined) return;
        forget();
        clearTimeout(timer);
        resolve(found);
      };
      const giveUp = (): void => {
        forget();
        const last = ada.chat().findLast(({ from }) => from === "bot");
        const told = `The bot's last words: ${last?.text ?? last?.caption ?? "none"}`;
        reject(new Error([`Ada waits in vain for ${what}.`, told, ...troubles].join("\n")));
      };
      const forget = telegram.control.subscribe(check);
      const timer = setTimeout(giveUp, patienceSeconds * 1000);
      check();
    });
  const buttons = () => ada.chat().flatMap((message) => message.buttons.flat());

  return {
    telegram,
    ada,
    /** Waits until the bot has said these words. */
    hears: (words: string) =>
      until(`"${words}"`, () => ada.chat().find(({ from, text }) => from === "bot" && text?.includes(words))),
    /** Presses the newest button with these words as soon as there is one. */
    presses: async (words: string): Promise<void> => {
      const newest = () => buttons().findLast((button) => button.text.includes(words));
      const { text } = await until(`the button "${words}"`, newest);
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
