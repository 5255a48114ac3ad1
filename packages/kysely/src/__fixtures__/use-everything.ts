import { addSeconds, type Store } from "@likeness/core";
import {
  aConsent,
  anAvatar,
  anErasedCount,
  anErasure,
  anImageOrder,
  aJob,
  anInboxDelivery,
  anOwner,
  aNotification,
  aPhoto,
  aPicture,
  aSession,
  aTraining,
  testStart,
  valueOf,
} from "@likeness/testing";

const now = testStart;

/** Calls every method of the store's ports. */
export async function useEverything(store: Store) {
  const { avatars, photos, orders, pictures, inbox, outbox, sessions, owners, consents, erasures, guards, jobs } =
    store;
  const avatar = anAvatar();
  const of = { avatarId: avatar.id };
  await valueOf(avatars.save(await valueOf(avatars.save(avatar))));
  await valueOf(photos.save(await valueOf(photos.save(aPhoto(of)))));
  await valueOf(orders.save(await valueOf(orders.save(aTraining("submitted", of)))));
  const drawn = await valueOf(orders.save(anImageOrder("succeeded", of)));
  if (drawn.state.status === "succeeded")
    await valueOf(orders.save({ ...drawn, state: { ...drawn.state, outcome: {} } }));
  const [older, picture] = [aPicture(of), aPicture(of)];
  await valueOf(pictures.save(older));
  await valueOf(pictures.save(await valueOf(pictures.save(picture))));
  await valueOf(sessions.save(await valueOf(sessions.save(aSession()))));
  await valueOf(owners.save(await valueOf(owners.save(anOwner()))));
  await valueOf(consents.insert(aConsent()));
  const delivery = anInboxDelivery();
  await valueOf(inbox.insert(delivery));
  await valueOf(inbox.insertMany([anInboxDelivery(), anInboxDelivery()]));
  await valueOf(inbox.settle(delivery.id, "applied", now));
  const notification = aNotification(of);
  await valueOf(outbox.insert(notification));
  await valueOf(outbox.save({ ...notification, version: 1 }));
  await valueOf(jobs.enqueue(aJob()));

  await valueOf(avatars.find("any"));
  await valueOf(avatars.hold("any"));
  await valueOf(avatars.listByOwner(avatar.ownerId));
  await valueOf(avatars.setMain(avatar.ownerId, avatar.id));
  await valueOf(photos.find("any"));
  await valueOf(photos.listByAvatar("any"));
  await valueOf(photos.pendingBefore(now, 10));
  await valueOf(photos.usesBlob("any"));
  await valueOf(orders.find("any"));
  await orders.hold?.("any");
  await valueOf(orders.findByIdempotencyKey("any"));
  await valueOf(orders.listByAvatar("any"));
  await valueOf(orders.listByAvatar("any", "training"));
  await valueOf(orders.listBySet("any"));
  await valueOf(orders.countPlaced(avatar.ownerId, now));
  await valueOf(orders.dueBefore(now, 10));
  await valueOf(orders.lateBefore(now, 10));
  await valueOf(orders.lateBefore(now, 10, "training"));
  await valueOf(orders.uncopiedBefore(now, 10));
  await valueOf(orders.uncopiedBefore(now, 10, "training"));
  await valueOf(orders.usesBlob("any"));
  await valueOf(pictures.find("any"));
  await valueOf(pictures.findMany(["any", "other"]));
  const { ownerId } = avatar;
  for (const filter of [
    { ownerId },
    { ownerId, favourites: true },
    { ownerId, avatarId: avatar.id },
    { ownerId, avatarId: avatar.id, favourites: true },
  ] as const) {
    await valueOf(pictures.list(filter, { limit: 10 }));
    await valueOf(pictures.list(filter, { limit: 10, olderThan: picture.id }));
    await valueOf(pictures.positionOf(filter, picture.id));
  }
  await valueOf(inbox.find("any"));
  await valueOf(inbox.unsettledBefore(now, 10));
  await valueOf(inbox.unsettledOf("any", addSeconds(now, 60), 10));
  await valueOf(inbox.countUnverified("any"));
  await valueOf(inbox.purge(now));
  await valueOf(inbox.delete("any"));
  await valueOf(outbox.find("any"));
  await valueOf(outbox.findByDedupeKey("any"));
  await valueOf(outbox.dueBefore(now, 10));
  await valueOf(outbox.undeliverable("any"));
  await valueOf(erasures.save(await valueOf(erasures.save(anErasure()))));
  await valueOf(erasures.find("any"));
  await valueOf(erasures.dueBefore(now, 10));
  await valueOf(erasures.noteOrder({ orderId: "any", endpoint: "any", erasedAt: now }));
  await valueOf(erasures.findOrder("any"));
  await valueOf(erasures.findOrders(["any", "other"]));
  await valueOf(erasures.purgeOrders(now));
  await valueOf(inbox.eraseOwner("any", now));
  await valueOf(sessions.eraseOwner("any"));
  await valueOf(sessions.find("any"));
  await valueOf(sessions.delete("any"));
  await valueOf(owners.silentBefore(now, 10));
  await valueOf(owners.silentBefore(now, 10, { id: "any", lastSeenAt: now }));
  await valueOf(photos.avatarsTrainedBefore(now, 10));
  await valueOf(owners.find("any"));
  await valueOf(owners.hold("any"));
  await valueOf(owners.eraseOwner("any"));
  await valueOf(consents.hold("any"));
  await valueOf(consents.listByOwner("any"));
  await valueOf(consents.withdraw("any", now));
  await valueOf(consents.eraseOwner("any"));
  await valueOf(guards.holdOwner(ownerId));
  await valueOf(guards.spend({ day: "2026-11-23", amount: 1, cap: 2 }));
  await valueOf(guards.spend({ day: "2026-11-23", amount: 1, cap: 2 }));
  await valueOf(guards.spentOn("2026-11-23"));
  await valueOf(guards.switchPaidWork({ state: "off", switchedAt: now }));
  await valueOf(guards.switchPaidWork({ state: "on", switchedAt: now }));
  await valueOf(guards.paidWork());
  await valueOf(guards.noteErased(anErasedCount()));
  await valueOf(guards.countErased("any", { placedSince: now, activeAfter: now }));
  await valueOf(guards.purgeErased(now));
  await valueOf(photos.delete("any"));
  await valueOf(pictures.delete("any"));
  await valueOf(avatars.delete(avatar.id));
}
