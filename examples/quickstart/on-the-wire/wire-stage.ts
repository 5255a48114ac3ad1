import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createLikeness,
  isTraining,
  systemClock,
  webhookAddress,
  type Avatar,
  type Likeness,
  type Notification,
  type Store,
  type OrderStatus,
  type Training,
} from "@likeness/core";
import { diskBlobs } from "@likeness/blobs/disk";
import { falKeySet, falOutcomeSource, falProfiles, falProvider, falWebhooks } from "@likeness/fal";
import { falFake, serveFalFake, type FalFake } from "@likeness/fal/testing";
import likenessPlugin from "@likeness/fastify";
import { kyselyStore, sqliteJobQueue } from "@likeness/kysely";
import { sharpInspector } from "@likeness/sharp";
import { recordingLog, recordingNotifier, valueOf, type RecordingLog } from "@likeness/testing";
import fastify from "fastify";
import sharp from "sharp";
import { onTestFinished, vi } from "vitest";
import { portrait } from "../draw-samples.ts";
import { freePort } from "../free-port.ts";
import { openDatabase } from "../open-database.ts";

export const owner = "owner:1";

const photos = { minimum: 2, maximum: 20 } as const;
/** Drawn once for all tests of a file. */
const goodPhotos = Promise.all([1, 2].map((seed) => portrait(seed)));
const profiles = { portrait: { ...falProfiles.portrait, photos }, style: { ...falProfiles.style, photos } };

/** Every adapter as in production, with a fake fal over real HTTP. */
export interface WireStage {
  readonly likeness: Likeness;
  readonly store: Store;
  readonly fal: FalFake;
  readonly log: RecordingLog;
  /** Every message passed to the notifier. */
  readonly messages: readonly Notification[];
  /** Base URL of the server that fal reports to. */
  readonly publicUrl: string;
  /** Files of the blob store. */
  blobs(): Promise<string[]>;
  /** An avatar with two good photos. */
  draft(): Promise<Avatar>;
  ordered(): Promise<Training>;
  training(id: string): Promise<Training>;
  untilStatus(trainingId: string, status: OrderStatus): Promise<Training>;
  /** Waits until a condition holds. */
  until(condition: () => boolean | Promise<boolean>): Promise<void>;
}

export async function wireStage(): Promise<WireStage> {
  const folder = await mkdtemp(join(tmpdir(), "likeness-wire-"));
  const fal = falFake({ queueSeconds: 0, trainingSeconds: 0.3 });
  const served = await serveFalFake(fal);
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const db = await openDatabase(folder);
  const queue = sqliteJobQueue(db, { clock: systemClock });
  const store = kyselyStore(db, { jobs: queue.within });
  const log = recordingLog();
  const notifier = recordingNotifier();
  const keySets = [`${served.url}/.well-known/jwks.json`];
  const hosts = { queue: served.url, rest: served.url, api: served.url, keySets };
  const likeness = createLikeness({
    store,
    queue,
    provider: falProvider({ key: "fake-id:fake-secret", hosts, submitTimeoutSeconds: 1 }),
    outcomes: falOutcomeSource({ hosts }),
    webhooks: {
      receiver: falWebhooks({ userId: "fal-fake-user", keys: falKeySet({ urls: keySets }) }),
      address: webhookAddress({ publicUrl, secrets: ["a secret of more than 32 bytes, for tests"] }),
    },
    blobs: diskBlobs(join(folder, "blobs")),
    inspector: sharpInspector(sharp),
    consent: "elsewhere",
    notifier,
    log,
    profiles,
    policy: { pollSeconds: 1, pollMaxSeconds: 1, sweepSeconds: 1, submitTimeoutSeconds: 1, unknownDeadlineSeconds: 8 },
  });
  const server = fastify();
  await server.register(likenessPlugin, { webhooks: likeness.webhooks });
  await server.listen({ host: "127.0.0.1", port });
  await valueOf(likeness.start());
  onTestFinished(async () => {
    await likeness.stop({ graceMs: 2_000 });
    await server.close();
    await served.close();
    await fal.close();
    await db.destroy();
    await rm(folder, { recursive: true });
  });

  const training: WireStage["training"] = async (id) => {
    const found = await valueOf(store.orders.find(id));
    if (!isTraining(found)) throw new Error(`there is no training ${id}`);
    return found;
  };
  const until: WireStage["until"] = (condition) =>
    vi.waitFor(
      async () => {
        if (!(await condition())) throw new Error("not yet");
      },
      { timeout: 150_000, interval: 20 },
    );
  const draft = async () => {
    const command = { actor: owner, kind: "portrait", gender: "unspecified", name: "Ada" } as const;
    const avatar = await valueOf(likeness.avatars.create(command));
    for (const bytes of await goodPhotos)
      await valueOf(likeness.photos.add({ actor: owner, avatarId: avatar.id, bytes }));
    return avatar;
  };
  return {
    likeness,
    store,
    fal,
    log,
    messages: notifier.attempts,
    publicUrl,
    blobs: async () =>
      (await readdir(join(folder, "blobs"), { recursive: true })).filter((name) => /[0-9a-f]{64}$/.test(name)),
    draft,
    ordered: async () => valueOf(likeness.trainings.start({ actor: owner, avatarId: (await draft()).id })),
    training,
    untilStatus: async (id, status) => {
      await until(async () => (await training(id)).state.status === status);
      return training(id);
    },
    until,
  };
}

/** How many times the one paid request was sent. */
export const posts = ({ fal }: WireStage): number =>
  fal.requests.filter(({ method, path }) => method === "POST" && path.startsWith("/fal-ai/")).length;
