import { uuidV7 } from "@likeness/core";
import { memoryCredits, memoryPurchases, memoryStore, recordingLog, testClock, valueOf } from "@likeness/testing";
import { Api, Bot } from "grammy";
import type { Update } from "grammy/types";
import { onTestFinished } from "vitest";
import { serveTelegramFake } from "../../testing/serve-telegram-fake.ts";
import { telegramFake } from "../../testing/telegram-fake.ts";
import type { Person } from "../../testing/person/person.ts";
import { telegramUpdates } from "../../updates/telegram-updates.ts";
import { starShop, type StarShopOptions } from "../star-shop.ts";

const token = "123456:fake-token";

export const packages = [
  { credits: 10, stars: 50 },
  { credits: 30, stars: 120 },
];

/** A bot that sells and nothing else, over HTTP, with everything behind it in memory, and Ada with her app. */
export async function shopStage(options: Partial<StarShopOptions> = {}) {
  const clock = testClock();
  const log = recordingLog();
  const { store, queue, setDown } = memoryStore({ clock });
  const ledger = memoryCredits({ prices: { image: 5 } });
  const purchases = memoryPurchases({ ledger, jobs: store.jobs });
  const fake = telegramFake({ token, clock });
  const server = await serveTelegramFake(fake);
  onTestFinished(async () => {
    await queue.stop({ graceMs: 0 });
    await server.close();
    await fake.close();
  });

  const passedOn: Update[] = [];
  /** A process with the shop; another one begins with what the store holds. */
  const open = async (given: Partial<StarShopOptions> = {}) => {
    const bot = new Bot(token, { client: { apiRoot: server.url } });
    await bot.init();
    const shop = starShop({
      packages,
      purchases,
      credits: ledger,
      support: "@support",
      store,
      api: bot.api,
      clock,
      log,
      ...options,
      ...given,
    });
    bot.use(shop, (context) => void passedOn.push(context.update));
    const updates = telegramUpdates({ bot, store, clock, ids: uuidV7(clock), log, answerAtOnce: shop.answerAtOnce });
    return { bot, shop, updates };
  };
  let current = await open();
  await valueOf(queue.start({ ...current.updates.handlers, ...current.shop.handlers }));

  /** Waits for jobs, and lets time pass for those that wait. */
  const drained = async () => {
    const done = queue.drained().then(() => "done" as const);
    const look = () => Promise.race([done, new Promise<"busy">((resolve) => setTimeout(resolve, 20, "busy"))]);
    while ((await look()) === "busy") await clock.advance(0.25);
  };
  let received = 0;
  /** Lets the bot receive what has come since, and do its jobs. */
  const handle = async () => {
    for (let quiet = false; !quiet;) {
      const updates = fake.control.updates.slice(received);
      received += updates.length;
      for (const update of updates) await current.updates.receive(update);
      await clock.advance(0.1);
      await drained();
      quiet = fake.control.updates.length === received;
    }
  };
  const ada = fake.control.person(42, { firstName: "Ada", languageCode: "en" });
  const said = (person: Person = ada) =>
    person
      .chat()
      .filter(({ from, text }) => from === "bot" && text !== undefined)
      .map(({ text = "" }) => text);

  return {
    ada,
    /** Not the bot's own. */
    api: new Api(token, { apiRoot: server.url }),
    clock,
    fake,
    ledger,
    log,
    passedOn,
    purchases,
    store,
    handle,
    said,
    setDown: (down: boolean) => {
      setDown(down);
      purchases.setDown(down);
    },
    /** The process is replaced by another one, e.g. with other packages. */
    restart: async (given: Partial<StarShopOptions> = {}) => {
      current = await open(given);
    },
    shop: () => current.shop,
    says: async (text: string, person: Person = ada) => {
      person.says(text);
      await handle();
    },
    presses: async (text: string) => {
      const { answer } = ada.presses({ text });
      await handle();
      return (await answer).text;
    },
    /** Ada gets an invoice for the first package. */
    invoice: async () => {
      ada.says("/buy");
      await handle();
      ada.presses({ text: "10 credits for 50 ⭐" });
      await handle();
    },
    /** Somebody pays, and the bot does what follows. */
    pays: async (...given: Parameters<Person["pays"]>) => {
      const { outcome } = ada.pays(...given);
      await handle();
      return outcome;
    },
    skip: () => {
      received = fake.control.updates.length;
    },
    pass: async (seconds: number) => {
      await clock.advance(seconds);
      await drained();
    },
    balance: async (ownerId = "telegram:42") => (await valueOf(ledger.balance(ownerId))).balance,
    newest: (person: Person = ada) => said(person).at(-1) ?? "",
  };
}
