import { randomBytes } from "node:crypto";
import { join } from "node:path";
import {
  createLikeness,
  systemClock,
  webhookAddress,
  type Clock,
  type Likeness,
  type Notification,
  type PhotoInspector,
  type Store,
  type Training,
  type TrainingProvider,
} from "@likeness/core";
import { diskBlobs } from "@likeness/blobs/disk";
import { falHosts, falKeySet, falModelSource, falProfiles, falTrainer, falWebhooks } from "@likeness/fal";
import { falFake, serveFalFake, type FalFake } from "@likeness/fal/testing";
import likenessPlugin from "@likeness/fastify";
import {
  kyselyStore,
  migrate,
  prepareSqlite,
  sqliteDialect,
  sqliteJobQueue,
  sqliteMigrations,
  type Database as Tables,
} from "@likeness/kysely";
import { recordingLog, recordingNotifier, somePhotoFacts, valueOf, type RecordingLog } from "@likeness/testing";
import Database from "better-sqlite3";
import fastify from "fastify";
import { Kysely } from "kysely";
import { okAsync } from "neverthrow";
import { expect, onTestFinished, vi } from "vitest";
// @boundaries-ignore the run that kills processes is the whole workspace's
import { openFront, type Front } from "../../../.config/crash/conductor/front.ts";
import { temporaryFolder } from "../__fixtures__/temporary-folder.ts";

export const owner = "owner:1";

/** fal over HTTP, the address that it reports to, and a folder: what stays when a host goes. */
export interface Scene {
  readonly fal: FalFake;
  readonly front: Front;
  readonly folder: string;
  /** A host in this process, on a file of the folder. */
  host(options?: HostOptions): Promise<Host>;
}

export interface HostOptions {
  /** Default: `likeness.db`. */
  readonly file?: string;
  readonly clock?: Clock;
  /** How long its one POST may take. Default: as long as everybody thinks, 2 s. */
  readonly submitTimeoutSeconds?: number;
  /** Wraps fal, to do something at a certain moment. */
  readonly around?: (provider: TrainingProvider) => TrainingProvider;
}

export interface Host {
  readonly likeness: Likeness;
  readonly store: Store;
  /** Its connection. */
  readonly database: Database.Database;
  readonly log: RecordingLog;
  /** Every message that was to be sent. */
  readonly messages: readonly Notification[];
  training(id: string): Promise<Training>;
  /** Orders a training for an avatar of its own. */
  ordered(): Promise<Training>;
  close(): Promise<void>;
}

export async function openScene(): Promise<Scene> {
  const folder = await temporaryFolder();
  const fal = falFake({ queueSeconds: 0, trainingSeconds: 0.3 });
  const [served, front] = await Promise.all([serveFalFake(fal), openFront()]);
  onTestFinished(async () => void (await Promise.all([fal.close(), served.close(), front.close()])));
  return { fal, front, folder, host: (options) => openHost({ folder, falUrl: served.url, front }, options) };
}

interface Surroundings {
  readonly folder: string;
  readonly falUrl: string;
  readonly front: Front;
}

async function openHost(
  { folder, falUrl, front }: Surroundings,
  {
    file = "likeness.db",
    clock = systemClock,
    submitTimeoutSeconds = 2,
    around = (provider) => provider,
  }: HostOptions = {},
): Promise<Host> {
  const database = new Database(join(folder, file));
  const db = new Kysely<Tables>({ dialect: sqliteDialect({ database }) });
  await valueOf(prepareSqlite(database).asyncAndThen(() => migrate(db, sqliteMigrations)));
  const log = recordingLog();
  const queue = sqliteJobQueue(db, { clock, log, leaseSeconds: 2 });
  const store = kyselyStore(db, { jobs: queue.within });
  const notifier = recordingNotifier();
  const hosts = falHosts({ queue: falUrl, rest: falUrl, api: falUrl, keySets: [`${falUrl}/.well-known/jwks.json`] });
  const photos = { minimum: 1, maximum: 20 };
  const likeness = createLikeness({
    store,
    queue,
    provider: around(falTrainer({ key: "fake-id:fake-secret", hosts, submitTimeoutSeconds })),
    models: falModelSource(),
    webhooks: {
      receiver: falWebhooks({ userId: "fal-fake-user", keys: falKeySet({ urls: hosts.keySets }) }),
      address: webhookAddress({ publicUrl: front.url, secrets: ["a secret of more than 32 bytes, for tests"] }),
    },
    blobs: diskBlobs(join(folder, "blobs")),
    inspector,
    notifier,
    clock,
    log,
    profiles: { portrait: { ...falProfiles.portrait, photos }, style: { ...falProfiles.style, photos } },
    policy: {
      pollSeconds: 1,
      pollMaxSeconds: 1,
      sweepSeconds: 1,
      submitTimeoutSeconds: 2,
      unknownDeadlineSeconds: 20,
      copyWaitSeconds: 1,
    },
  });
  const server = fastify({ forceCloseConnections: true });
  await server.register(likenessPlugin, { webhooks: likeness });
  const port = Number(new URL(await server.listen({ host: "127.0.0.1", port: 0 })).port);
  front.add(port);
  await valueOf(likeness.start());

  let isClosed = false;
  const close = async (): Promise<void> => {
    if (isClosed) return;
    isClosed = true;
    front.remove(port);
    await likeness.stop({ graceMs: 2_000 });
    await server.close();
    await db.destroy();
  };
  onTestFinished(close);

  return {
    likeness,
    store,
    database,
    log,
    messages: notifier.attempts,
    training: async (id) => {
      const found = await valueOf(store.trainings.find(id));
      if (!found) throw new Error(`there is no training ${id}`);
      return found;
    },
    ordered: async () => {
      const { id: avatarId } = await draft(likeness);
      return valueOf(likeness.startTraining({ actor: owner, avatarId }));
    },
    close,
  };
}

/** Photos are not what this is about: whatever begins like a JPEG is taken. */
const inspector: PhotoInspector = {
  inspect: (bytes) => okAsync({ facts: somePhotoFacts({ bytes: bytes.length }), copy: bytes }),
};

const aPicture = (): Uint8Array => Uint8Array.from([0xff, 0xd8, 0xff, ...randomBytes(1_000)]);

/** An avatar that can be trained. */
export async function draft(likeness: Likeness) {
  const avatar = await valueOf(
    likeness.createAvatar({ actor: owner, kind: "portrait", gender: "unspecified", name: "Ada" }),
  );
  await valueOf(likeness.addPhoto({ actor: owner, avatarId: avatar.id, bytes: aPicture() }));
  return avatar;
}

/** How often a paid request was sent. */
export const posts = ({ fal }: Pick<Scene, "fal">): number =>
  fal.requests.filter(({ method, path }) => method === "POST" && path.startsWith("/fal-ai/")).length;

/** Until a condition holds. */
export const until = (condition: () => boolean | Promise<boolean>): Promise<void> =>
  vi.waitFor(
    async () => {
      if (!(await condition())) throw new Error("not yet");
    },
    { timeout: 40_000, interval: 20 },
  );

/** Waits for the end of a training, and holds what is left against what has to hold at the end of everything. */
export async function expectHealed(
  scene: Scene,
  host: Host,
  id: string,
  status: "succeeded" | "failed",
): Promise<void> {
  await until(async () => (await host.training(id)).state.status === status);
  const outcomes = () => host.messages.filter(({ content }) => content.template !== "training-unconfirmed").length;
  await until(() => outcomes() > 0);
  const jobs = () =>
    host.database.prepare("select kind, key from job where kind not in ('sweep', 'blobs.discard')").all();
  await until(() => jobs().length === 0);
  await until(async () => (await valueOf(host.store.inbox.unsettledBefore("9999", 10))).length === 0);
  expect({ posts: posts(scene), outcomes: outcomes(), status: (await host.training(id)).state.status }).toStrictEqual({
    posts: 1,
    outcomes: 1,
    status,
  });
}
