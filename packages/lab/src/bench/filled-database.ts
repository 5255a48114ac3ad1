import { createLikeness, systemClock as clock, uuidV7, type Likeness, type Store } from "@likeness/core";
import { telegramChannel } from "@likeness/grammy";
import { serveTelegramFake, telegramFake, type Person } from "@likeness/grammy/testing";
import { kyselyCredits, kyselyPurchases } from "@likeness/kysely";
import { acceptedPhotos, anAvatar, testPorts, valueOf } from "@likeness/testing";
import { Bot } from "grammy";
import { ResultAsync } from "neverthrow";
import { avatarsPerOwner, ownerOf, prices } from "./avatar-rows.ts";
import type { Storage } from "./storage.ts";
import { intake } from "./webhook-fixture.ts";

/** A deployment on a database with many avatars. */
export interface FilledDatabase {
  readonly likeness: Likeness;
  readonly size: number;
  /** Avatars that can be trained. */
  readonly drafts: readonly string[];
  readonly chat: FilledChat;
}

/** The chat of a person with as many avatars as the others. */
interface FilledChat {
  readonly person: Person;
  /** Hands what the person has done last to the bot, and waits until it is handled. */
  handle(): Promise<void>;
  close(): Promise<void>;
}

export const drafter = "owner:of drafts";

/** Composes everything that the operations need, and stores a number of drafts. */
export async function filledDatabase(
  { store, queue, db }: Storage,
  { size, drafts: wanted }: { readonly size: number; readonly drafts: number },
): Promise<FilledDatabase> {
  const fake = telegramFake({ token });
  const server = await serveTelegramFake(fake);
  const bot = new Bot(token, { client: { apiRoot: server.url } });
  await bot.init();
  const telegram = telegramChannel(bot.api);
  const { ports } = testPorts();
  const credits = kyselyCredits(db, { prices });
  const likeness = createLikeness({
    ...ports,
    ...telegram.ports,
    store,
    queue,
    credits,
    purchases: kyselyPurchases(db, { credits, jobs: () => store.jobs }),
    provider: { ...ports.provider, name: intake.receiver.source },
    webhooks: intake,
    clock,
    ids: uuidV7(clock),
    // The photos of old models would be removed.
    policy: { photoRetentionSeconds: 0, maxParallelOrders: 1_000_000, maxOrdersPerDay: 1_000_000 },
  });
  const avatars = telegram.chat(likeness);
  bot.use(avatars, avatars.fallback);
  const drafts: string[] = [];
  for (let index = 0; index < wanted; index += 1) drafts.push(await storeDraft(store));
  await valueOf(credits.topUp({ ownerId: drafter, amount: wanted * prices.training, reference: "drafts" }));
  // Somebody in the middle of the table.
  const actor = ownerOf(Math.floor(size / avatarsPerOwner / 2));
  await db.updateTable("likeness_avatar").set({ owner_id: "telegram:42" }).where("owner_id", "=", actor).execute();
  const person = fake.control.person(42, { firstName: "Ada", languageCode: "en" });
  const chat: FilledChat = {
    person,
    handle: async () => {
      const update = fake.control.updates.at(-1);
      if (update) await bot.handleUpdate(update);
    },
    close: async () => {
      await server.close();
      await fake.close();
    },
  };
  person.says("/start");
  await chat.handle();
  return { likeness, size, drafts, chat };
}

const token = "123456:fake-token";

async function storeDraft(store: Store): Promise<string> {
  const { id } = await valueOf(store.avatars.save(anAvatar({ ownerId: drafter, photosTaken: 10 })));
  await valueOf(store.atomically((tx) => ResultAsync.combine(acceptedPhotos(id, 10).map(tx.photos.save))));
  return id;
}
