import { createHash } from "node:crypto";
import { join } from "node:path";
import {
  createLikeness,
  orThrow,
  webhookAddress,
  type Avatar,
  type Clock,
  type Likeness,
  type Log,
  type PhotoInspector,
  type Picture,
  type Purchases,
  type Store,
} from "@likeness/core";
import { diskBlobs } from "@likeness/blobs/disk";
import likenessPlugin from "@likeness/fastify";
import { telegramNotifier } from "@likeness/grammy";
import { sharpPictures } from "@likeness/sharp";
import fastify from "fastify";
import { Bot } from "grammy";
import { okAsync } from "neverthrow";
import sharp from "sharp";
import type { DrivenPorts } from "./driven-ports.ts";
import type { Engine } from "../engines/engine.ts";
import type { EngineName } from "../engines/engines.ts";
import type { KyselyCredits } from "@likeness/kysely";
import { openCounter } from "../people/open-counter.ts";
import { writingOf, type Probe } from "../people/with-probes.ts";
import { fundedCredits } from "./funded-credits.ts";
import { account, type HostSettings } from "./protocol.ts";
import { providerPorts } from "./provider-ports.ts";
import { seedAvatar } from "./ready-avatar.ts";
import { seedPicture } from "./ready-picture.ts";

export interface HostOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Wraps the ports, to act at certain calls. */
  readonly around?: (ports: DrivenPorts) => DrivenPorts;
  /** Default: as the engine opens a database. */
  readonly open?: Engine["open"];
  /** Is told what happens beside the calls of ports: statements of SQL, calls to Telegram, acts. */
  readonly probe?: Probe | undefined;
}

export interface OpenHost {
  readonly likeness: Likeness;
  readonly store: Store;
  readonly purchases: Purchases;
  readonly credits: KyselyCredits;
  readonly probe: Probe;
  /** The avatar of an owner; one that can make pictures where there is none. */
  readonly readyAvatar: (owner: string) => Promise<Avatar>;
  /** A picture of that avatar that nobody has ordered. */
  readonly readyPicture: (owner: string) => Promise<Picture>;
  /** Where it takes webhooks. */
  readonly port: number;
  close(): Promise<void>;
}

/** Each loaded only where it is used: most hosts are on SQLite, and what PostgreSQL needs takes a fifth of their start. */
const opening = {
  sqlite: async () => (await import("../engines/sqlite.ts")).sqlite.open,
  postgres: async () => (await import("../engines/postgres.ts")).postgres.open,
} as const satisfies Record<EngineName, () => Promise<Engine["open"]>>;

/** Accepts every photo, because photos are not tested here. */
const inspector: PhotoInspector = {
  inspect: (bytes) => {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const facts = { sha256, fingerprint: sha256.slice(0, 16), width: 1_024, height: 1_024, bytes: bytes.length };
    return okAsync({ facts, copy: bytes });
  },
};

/** A text for each message, which can be counted in the chat. */
const texts = {
  en: { ready: () => "training-ready", failed: () => "training-failed", unconfirmed: () => "training-unconfirmed" },
};

const photos = { minimum: 1, maximum: 20 };

/** A bot without its chat: the shipped packages, composed as a host composes them. */
export async function openHost(
  {
    engine,
    database,
    folder,
    vendor,
    providerUrl,
    telegramUrl,
    publicUrl,
    policy,
    firstLook = false,
    sells = false,
  }: HostSettings,
  { clock, log, around = (ports) => ports, open, probe = () => undefined }: HostOptions,
): Promise<OpenHost> {
  const openStorage = open ?? (await opening[engine]());
  const onStatement = (statement: string): void => {
    const writing = writingOf(statement);
    if (writing) probe(`after statement ${writing}`);
  };
  const opened = await openStorage(database, { clock, log, ...(sells && { onStatement }) });
  const bot = new Bot(account.token, { client: { apiRoot: telegramUrl, timeoutSeconds: 10 } });
  const provided = await providerPorts(vendor, { url: providerUrl, policy, photos, clock });
  const { receiver, profiles, recipes, uploadWeights } = provided;
  const blobs = diskBlobs(join(folder, "blobs"));
  const { sessions } = opened.store;
  const { pictures, purchases, ...ports } = around({
    store: opened.store,
    queue: opened.queue,
    provider: provided.provider,
    outcomes: provided.outcomes,
    pictures: sharpPictures(sharp),
    blobs,
    credits: sells ? opened.credits : fundedCredits(opened.credits),
    purchases: opened.purchases,
    notifier: telegramNotifier(bot.api, { sessions, clock, log, texts, pictures: { store: opened.store, blobs } }),
  });
  const likeness = createLikeness({
    ...ports,
    webhooks: {
      receiver,
      address: webhookAddress({ publicUrl, secrets: [account.webhookSecret] }),
    },
    ...(sells && { purchases }),
    inspector,
    consent: "elsewhere",
    clock,
    log,
    profiles,
    images: { recipes, inspector: pictures, firstLook },
    policy,
  });
  const server = fastify({ forceCloseConnections: true });
  await server.register(likenessPlugin, { webhooks: likeness.webhooks });
  const port = Number(new URL(await server.listen({ host: "127.0.0.1", port: 0 })).port);
  const counter = sells
    ? await openCounter({ ...ports, purchases, telegramUrl, clock, log, probe })
    : { handlers: {}, begin: () => undefined, close: async () => undefined };
  await orThrow(likeness.start(counter.handlers));
  counter.begin();
  const readyAvatar: OpenHost["readyAvatar"] = (owner) =>
    seedAvatar({ store: opened.store, blobs }, { owner, provider: vendor, upload: uploadWeights });
  return {
    likeness,
    store: opened.store,
    purchases,
    credits: opened.credits,
    probe,
    readyAvatar,
    readyPicture: async (owner) => seedPicture({ store: opened.store, blobs }, await readyAvatar(owner), vendor),
    port,
    close: async () => {
      await counter.close();
      await likeness.stop({ graceMs: 2_000 });
      await server.close();
      await opened.close();
    },
  };
}
