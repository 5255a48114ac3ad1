import { silentLog, systemClock, uuidV7 } from "@likeness/core";
import { starShop, telegramUpdates } from "@likeness/grammy";
import { serveTelegramFake, telegramFake } from "@likeness/grammy/testing";
import { kyselyCredits, kyselyPurchases } from "@likeness/kysely";
import { sharpInspector } from "@likeness/sharp";
import { valueOf } from "@likeness/testing";
import { Bot } from "grammy";
import { okAsync } from "neverthrow";
import sharp from "sharp";
import type { BenchPart, BenchRow } from "./bench-part.ts";
import { engines, type EngineName } from "./engines.ts";

const clock = systemClock;
const token = "123456:fake-token";
const questions = 60;

/** Between two updates of one of the people who write at the same time. */
const writingMilliseconds = 50;
const goalMilliseconds = 2_000;

/** How long a person waits for the answer before a payment, while the bot is idle and while it is busy. */
export async function benchPreCheckout(): Promise<BenchPart> {
  const rows: BenchRow[] = [];
  for (const name of Object.keys(engines) as EngineName[]) {
    const { idle, busy } = await measure(name);
    const worst = Math.max(...busy);
    rows.push({
      name: `the slowest of ${questions} answers before a payment on ${name}, beside updates, jobs and photos, next to those of an idle bot`,
      ours: `${worst.toFixed(0)} ms`,
      floor: `${Math.max(...idle).toFixed(0)} ms`,
      ratio: Math.max(...idle) / worst,
      goal: `< ${goalMilliseconds} ms`,
      met: worst < goalMilliseconds,
    });
  }
  return { rows };
}

async function measure(name: EngineName) {
  const site = await engines[name].newSite();
  const { store, queue, db, close } = await engines[name].open(await site.newDatabase());
  const fake = telegramFake({ token });
  const server = await serveTelegramFake(fake);
  const bot = new Bot(token, { client: { apiRoot: server.url } });
  await bot.init();
  const credits = kyselyCredits(db, { prices: { training: 1, image: 1, upscale: 1 } });
  // Nothing is paid here, so no job of a payment is enqueued.
  const purchases = kyselyPurchases(db, { credits, jobs: () => ({ enqueue: () => okAsync(undefined) }) });
  const packages = [{ credits: 10, stars: 50 }];
  const shop = starShop({ packages, purchases, credits, support: "@support", store, api: bot.api });
  bot.use(shop, (context) => context.reply("Hello"));
  const { answerAtOnce } = shop;
  const updates = telegramUpdates({ bot, store, clock, ids: uuidV7(clock), log: silentLog, answerAtOnce });
  await valueOf(queue.start({ ...updates.handlers, ...shop.handlers }));
  const ada = fake.control.person(42);
  ada.says("/start");
  const id = uuidV7(clock).next();
  const ownerId = "telegram:42";
  const opened = { id, key: id, ownerId, credits: 10, amount: 50, currency: "XTR", createdAt: clock.now() };
  await valueOf(purchases.open(opened));
  await bot.api.sendInvoice(42, "T", "D", `v1:${id}`, "XTR", [{ label: "L", amount: 50 }]);

  const ask = async (): Promise<number> => {
    const { outcome } = ada.pays();
    const began = performance.now();
    await valueOf(updates.receive(fake.control.updates.at(-1)));
    const milliseconds = performance.now() - began;
    const { type } = await outcome;
    if (type !== "paid") throw new Error(`the payment is ${type}`);
    return milliseconds;
  };
  const askAll = async (): Promise<number[]> => {
    const times: number[] = [];
    for (let asked = 0; asked < questions; asked += 1) {
      times.push(await ask());
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return times;
  };

  const idle = await askAll();
  const ending = new AbortController();
  const load = [...[1, 2, 3, 4].map(() => writes(ending.signal)), photos(ending.signal)];
  const busy = await askAll();
  ending.abort();
  await Promise.all(load);
  await valueOf(queue.stop({ graceMs: 5_000 }));
  await server.close();
  await fake.close();
  await close();
  await site.close();
  return { idle, busy };

  /** Updates of a person that are stored, handled by jobs and answered, one after the other. */
  async function writes(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const before = fake.control.updates.length;
      fake.control.person(100 + Math.floor(Math.random() * 1_000)).says("Hello");
      await valueOf(updates.receive(fake.control.updates[before]));
      await new Promise((resolve) => setTimeout(resolve, writingMilliseconds));
    }
  }
}

/** Photos that are inspected in this process. */
async function photos(signal: AbortSignal): Promise<void> {
  const inspector = sharpInspector(sharp);
  const noise = { type: "gaussian", mean: 128, sigma: 30 } as const;
  const create = { width: 4_000, height: 3_000, channels: 3, background: "gray", noise } as const;
  const photo = await sharp({ create }).jpeg().toBuffer();
  while (!signal.aborted) void (await inspector.inspect(photo));
}
