/**
 * A bot without its chat: the shipped packages, composed as a host composes them, in a process that may kill itself at a
 * named point. It obeys its parent over IPC and ends with it.
 */
import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { createLikeness, systemClock as clock, webhookAddress, type Log, type PhotoInspector } from "@likeness/core";
import { diskBlobs } from "@likeness/blobs/disk";
import { falHosts, falKeySet, falModelSource, falProfiles, falTrainer, falWebhooks } from "@likeness/fal";
import likenessPlugin from "@likeness/fastify";
import { telegramNotifier } from "@likeness/grammy";
import fastify from "fastify";
import { Bot } from "grammy";
import { okAsync } from "neverthrow";
import { engines } from "../engines/engines.ts";
import { orThrow } from "../or-throw.ts";
import { lethalPorts } from "./lethal-ports.ts";
import { account, type Order, type SubjectMessage, type SubjectSettings } from "./protocol.ts";

const settings: SubjectSettings = JSON.parse(process.argv[2] ?? "{}");
const { falUrl, publicUrl, killAt, policy } = settings;

const write =
  (level: string): Log["info"] =>
  (fields, message) =>
    void process.stderr.write(`${process.pid} ${clock.now()} ${level} ${message} ${JSON.stringify(fields)}\n`);
const log: Log = { debug: () => undefined, info: write("info"), warn: write("warn"), error: write("error") };

const opened = await engines[settings.engine].open(settings.database, { clock, log });
const bot = new Bot(account.token, { client: { apiRoot: settings.telegramUrl, timeoutSeconds: 10 } });
const hosts = falHosts({
  queue: falUrl,
  rest: falUrl,
  api: falUrl,
  keySets: [`${falUrl}/.well-known/jwks.json`],
});
const ports = lethalPorts(
  {
    ...opened,
    provider: falTrainer({ key: account.key, hosts, submitTimeoutSeconds: policy.submitTimeoutSeconds }),
    notifier: telegramNotifier(bot.api, {
      sessions: opened.store.sessions,
      clock,
      // Words that can be counted.
      texts: {
        en: {
          ready: () => "training-ready",
          failed: () => "training-failed",
          unconfirmed: () => "training-unconfirmed",
        },
      },
    }),
  },
  (point) => {
    if (point !== killAt) return;
    process.kill(process.pid, "SIGKILL");
    // The signal takes the whole process, but nothing may be done until it does.
    for (;;);
  },
);

/** Photos are not what this is about. */
const inspector: PhotoInspector = {
  inspect: (bytes) => {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const facts = { sha256, fingerprint: sha256.slice(0, 16), width: 1_024, height: 1_024, bytes: bytes.length };
    return okAsync({ facts, copy: bytes });
  },
};

const photos = { minimum: 1, maximum: 20 };
const likeness = createLikeness({
  ...ports,
  models: falModelSource(),
  webhooks: {
    receiver: falWebhooks({ userId: account.userId, keys: falKeySet({ urls: hosts.keySets }) }),
    address: webhookAddress({ publicUrl, secrets: [account.webhookSecret] }),
  },
  blobs: diskBlobs(join(settings.folder, "blobs")),
  inspector,
  clock,
  log,
  profiles: { portrait: { ...falProfiles.portrait, photos }, style: { ...falProfiles.style, photos } },
  policy,
});

const server = fastify({ forceCloseConnections: true });
await server.register(likenessPlugin, { webhooks: likeness });
const port = Number(new URL(await server.listen({ host: "127.0.0.1", port: 0 })).port);
await orThrow(likeness.start());

const say = (message: SubjectMessage): void => void process.send?.(message);

async function take({ owner, key }: Order): Promise<void> {
  const known = await orThrow(opened.store.avatars.listByOwner(owner));
  const avatar =
    known[0] ??
    (await orThrow(likeness.createAvatar({ actor: owner, kind: "portrait", gender: "unspecified", name: "Ada" })));
  if (avatar.photosTaken === 0) {
    const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), randomBytes(1_000)]);
    await orThrow(likeness.addPhoto({ actor: owner, avatarId: avatar.id, bytes: jpeg }));
  }
  await orThrow(likeness.startTraining({ actor: owner, avatarId: avatar.id, idempotencyKey: key }));
}

process.on("message", (order: Order) => {
  take(order).then(
    () => say({ type: "ordered", owner: order.owner }),
    (error: unknown) => say({ type: "ordered", owner: order.owner, problem: String(error) }),
  );
});
process.on("disconnect", () => process.exit());
say({ type: "ready", port });
