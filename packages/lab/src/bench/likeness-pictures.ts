import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { diskBlobs } from "@likeness/blobs/disk";
import {
  createLikeness,
  systemClock as clock,
  uuidV7,
  webhookAddress,
  type GenerateImages,
  type Notifier,
} from "@likeness/core";
import { falHosts, falOutcomeSource, falProvider, falRecipes } from "@likeness/fal";
import likenessPlugin from "@likeness/fastify";
import { sharpPictures } from "@likeness/sharp";
import { fakePictureInspector, testPorts, valueOf } from "@likeness/testing";
import fastify from "fastify";
import { okAsync } from "neverthrow";
import sharp from "sharp";
import { seedAvatar } from "../crash/host/ready-avatar.ts";
import type { DrawerOptions, DrawPictures } from "./draw-pictures.ts";
import { engines, type EngineName } from "./engines.ts";
import { intake } from "./webhook-fixture.ts";

/** Pictures by Likeness with fal's adapter, as a deployment composes it; every owner presses once. */
export async function likenessPictures(
  engine: EngineName,
  { database, folder, maker, decodes, owners }: Omit<DrawerOptions, "engine">,
): Promise<DrawPictures> {
  const { store, queue } = await engines[engine].open(database);
  const blobs = diskBlobs(join(folder, "blobs"));
  const port = await freePort();
  const hosts = falHosts({ queue: maker, rest: maker, api: maker });
  const told = tellings();
  const likeness = createLikeness({
    ...testPorts().ports,
    store,
    queue,
    provider: falProvider({ key: "bench-id:bench-secret", hosts }),
    outcomes: falOutcomeSource({ hosts }),
    blobs,
    notifier: told.notifier,
    webhooks: {
      receiver: intake.receiver,
      address: webhookAddress({
        publicUrl: `http://127.0.0.1:${port}`,
        secrets: ["a secret of at least thirty-two bytes"],
      }),
    },
    images: { recipes: falRecipes, inspector: decodes ? sharpPictures(sharp) : fakePictureInspector() },
    clock,
    ids: uuidV7(clock),
    // Without polls, so that both sides make the same calls.
    policy: {
      maxOrdersPerDay: 1_000_000,
      maxParallelOrders: 1_000_000,
      imagePollSeconds: 600,
      imageDeadlineSeconds: 3_600,
    },
  });
  const app = fastify();
  await app.register(likenessPlugin, { webhooks: likeness.webhooks });
  await app.listen({ host: "127.0.0.1", port });
  const actors = Array.from({ length: owners }, (_, index) => `owner:${index}`);
  const avatars = new Map<string, string>();
  for (const owner of actors) {
    const { id } = await seedAvatar(
      { store, blobs },
      { owner, provider: "fal", upload: async () => `${maker}/files/lora.safetensors` },
    );
    avatars.set(owner, id);
  }
  await valueOf(likeness.start());
  /** Again after a storage failure, as a person would: on a busy machine a pool may have no connection in time. */
  const press = async (command: GenerateImages): Promise<void> => {
    for (;;) {
      const pressed = await likeness.images.generate(command);
      if (pressed.isOk()) return;
      if (pressed.error.type !== "storage-failure") throw new Error(`not ordered: ${pressed.error.type}`);
    }
  };
  let presses = 0;
  return async (count) => {
    const all = told.after(count);
    const pressing = ++presses;
    await Promise.all(
      actors
        .slice(0, count)
        .map((actor) => press({ actor, avatarId: avatars.get(actor), scene: "cafe", idempotencyKey: `${pressing}` })),
    );
    await all;
  };
}

/** Counts the messages about pictures. */
function tellings() {
  let left = 0;
  let done = (): void => undefined;
  const notifier: Notifier = {
    send: ({ content }) => {
      if (content.template !== "images-done" || content.pictureIds.length !== 1)
        throw new Error(`an owner was told something else: ${JSON.stringify(content)}`);
      if (--left === 0) done();
      return okAsync({ type: "sent" });
    },
  };
  return {
    notifier,
    after: (count: number): Promise<void> => {
      left = count;
      return new Promise((resolve) => (done = resolve));
    },
  };
}

/** Known before the webhooks' address is made. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
