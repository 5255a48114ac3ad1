import { createLikeness, orThrow, systemClock, webhookAddress, type Notifier } from "@likeness/core";
import { diskBlobs } from "@likeness/blobs/disk";
import { falKeySet, falOutcomeSource, falProfiles, falProvider, falRecipes, falWebhooks } from "@likeness/fal";
import likenessPlugin from "@likeness/fastify";
import { kyselyStore, sqliteJobQueue } from "@likeness/kysely";
import { sharpInspector, sharpPictures } from "@likeness/sharp";
import fastify from "fastify";
import { okAsync } from "neverthrow";
import sharp from "sharp";
import { drawSamples } from "./draw-samples.ts";
import { freePort } from "./free-port.ts";
import { makePicture } from "./make-picture.ts";
import { openDatabase } from "./open-database.ts";
import { openFal } from "./open-fal.ts";
import { saveModel } from "./save-model.ts";
import { sayWhatNext } from "./say-what-next.ts";
import { readSettings } from "./settings.ts";
import { trainAvatar } from "./train-avatar.ts";

process.once("uncaughtException", ({ message }) => {
  process.stderr.write(`\n${message}\n`);
  process.exit(1);
});
const { actor, data, photos, liveKey } = readSettings(process.argv.slice(2), process.env);
const fal = await openFal(liveKey);
const port = await freePort();
const db = await openDatabase(data);
const queue = sqliteJobQueue(db, { clock: systemClock });
const blobs = diskBlobs(`${data}/blobs`);
const silent: Notifier = { send: () => okAsync({ type: "sent" }) };

const likeness = createLikeness({
  store: kyselyStore(db, { jobs: queue.within }),
  queue,
  provider: falProvider(fal),
  outcomes: falOutcomeSource({ hosts: fal.hosts }),
  webhooks: fal.userId
    ? {
        receiver: falWebhooks({ userId: fal.userId, keys: falKeySet({ urls: fal.hosts?.keySets }) }),
        address: webhookAddress({ publicUrl: `http://127.0.0.1:${port}`, secrets: [crypto.randomUUID()] }),
      }
    : undefined,
  blobs,
  inspector: sharpInspector(sharp),
  images: { recipes: falRecipes, inspector: sharpPictures(sharp) },
  // Whoever starts this program chooses the photos; a bot asks people before it takes any.
  consent: "elsewhere",
  notifier: silent,
  profiles: falProfiles,
  policy: { pollSeconds: fal.pollSeconds, imagePollSeconds: fal.pollSeconds },
});
const server = fastify();
await server.register(likenessPlugin, { webhooks: likeness.webhooks });
await server.listen({ host: "127.0.0.1", port });
await orThrow(likeness.start());

const training = await trainAvatar(likeness, actor, photos ?? (await drawSamples(`${data}/samples`)));
await saveModel(blobs, training, data);
await makePicture(likeness, training, data);
sayWhatNext(fal);

await orThrow(likeness.stop({ graceMs: 5_000 }));
await Promise.all([server.close(), fal.close(), db.destroy()]);
