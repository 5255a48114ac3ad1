import { createLikeness, isDone, requestOf } from "@likeness/core";
import { anAvatar, aPictureFile, aTraining, pictureBytes, testPorts, valueOf } from "@likeness/testing";
import { expect, it, onTestFinished } from "vitest";
import { hugePng } from "../__fixtures__/huge-png.ts";
import { watchedSharp } from "../__fixtures__/watched-sharp.ts";
import { sharpPictures } from "./sharp-pictures.ts";

const actor = "owner:1";

it.each([
  ["a JPEG of 14,000 × 14,000 pixels", async () => pictureBytes({ width: 14_000, height: 14_000 })],
  ["a PNG of 40,000 × 40,000 pixels, which is a small file", hugePng],
])("ends an order that yielded %s, decodes none of its pixels, and charges nothing", async (_what, draw) => {
  const { ports, storage, provider, outcomes, blobs, credits, clock } = testPorts();
  const looking = watchedSharp();
  const images = ports.images && { ...ports.images, inspector: sharpPictures(looking.module) };
  const likeness = createLikeness({ ...ports, images });
  await valueOf(likeness.start());
  onTestFinished(async () => void (await likeness.stop({ graceMs: 0 })));
  const pass = async (seconds: number) => {
    for (let passed = 0; passed < seconds; passed += 1) {
      await storage.queue.drained();
      await clock.advance(1);
    }
    await storage.queue.drained();
  };
  const training = aTraining("succeeded", { ownerId: actor });
  const state = { status: "ready", trainingId: training.id } as const;
  await valueOf(ports.store.avatars.save(anAvatar({ id: training.avatarId, ownerId: actor, state })));
  await valueOf(ports.store.orders.save(training));

  const command = { actor, avatarId: training.avatarId, scene: "cafe" } as const;
  const { id: setId } = await valueOf(likeness.images.generate(command));
  await pass(2);
  const [{ order }] = (await valueOf(likeness.images.set({ actor, setId }))).places;
  const picture = aPictureFile({ width: undefined, height: undefined });
  outcomes.serve(picture.url, await draw());
  const stored = blobs.blobs.size;
  provider.report(requestOf(order)?.requestId ?? "", { type: "succeeded", outcome: { picture } });
  await pass(80);

  const set = await valueOf(likeness.images.set({ actor, setId }));
  expect([isDone(set), set.places[0].status, set.places[0].reason]).toStrictEqual([true, "failed", "result_lost"]);
  expect([credits.lastOf(order.id), blobs.blobs.size]).toStrictEqual(["release", stored]);
  expect(outcomes.opened.length).toBeGreaterThan(2);
  // Decoded, it takes 196 million pixels and more.
  expect(looking.decoders).toStrictEqual([]);
});
