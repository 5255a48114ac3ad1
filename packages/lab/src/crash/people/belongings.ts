import { randomBytes, randomUUID } from "node:crypto";
import { orThrow, systemClock, uuidV7 } from "@likeness/core";
import type { OpenHost } from "../host/open-host.ts";
import type { Placing } from "../host/protocol.ts";
import { dyingKind } from "./open-counter.ts";

/** Words that nobody else has, by which what belongs to the person is found. */
export const own = {
  avatar: "Zephyrine of Quillfeather",
  wizard: "Marmaduke the half named",
  wish: "on a pier of Marmara at dawn",
  charge: "charge-of-zephyrine",
} as const;

/**
 * Gives a person everything that can be stored about one: an avatar with a model and a picture, another one in training,
 * pictures under way, a wizard half filled, settings, what was bought and what was not paid, and a job that is dead.
 */
export async function belongings(host: OpenHost, { owner: actor, key }: Placing): Promise<void> {
  const { likeness, store, credits, purchases, readyPicture } = host;
  const now = systemClock.now();
  const ids = uuidV7(systemClock);
  await orThrow(likeness.owners.changeSettings({ actor, locale: "kk" }));
  await orThrow(credits.adjust({ ownerId: actor, amount: 1_000, reason: "gift", reference: randomUUID() }));
  const { avatarId } = await readyPicture(actor);
  await orThrow(
    store.sessions.save({ key: `telegram:chat:${key}`, ownerId: actor, value: { name: own.wizard }, version: 0 }),
  );
  for (const purchaseKey of [`${actor}:paid`, `${actor}:unpaid`]) {
    const amounts = { credits: 20, amount: 50, currency: "XTR" };
    const { purchase } = await orThrow(
      purchases.open({ id: ids.next(), key: purchaseKey, ownerId: actor, ...amounts, createdAt: now }),
    );
    if (purchaseKey.endsWith(":unpaid")) continue;
    const charge = { chargeId: own.charge, ownerId: actor, amount: 50, currency: "XTR", payload: `v1:${purchase.id}` };
    await orThrow(purchases.pay({ ...charge, purchaseId: purchase.id, at: now }));
  }
  await orThrow(store.jobs.enqueue({ kind: dyingKind, key: `${actor}:dies`, payload: { name: own.avatar } }));
  await orThrow(likeness.images.generate({ actor, avatarId, words: own.wish, count: 2, idempotencyKey: key }));
  const draft = { actor, kind: "portrait", gender: "female", name: own.avatar } as const;
  const { id } = await orThrow(likeness.avatars.create(draft));
  const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), randomBytes(1_000)]);
  await orThrow(likeness.photos.add({ actor, avatarId: id, bytes: jpeg }));
  await orThrow(likeness.trainings.start({ actor, avatarId: id, idempotencyKey: key }));
}
