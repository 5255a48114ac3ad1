import { describe, expect, it } from "vitest";
import { addSeconds, type AvatarState } from "@likeness/core";
import { err, ok } from "neverthrow";
import { testStart } from "../../clock/test-clock.ts";
import { anAvatar } from "../../fixtures/avatar.ts";
import { aNotification } from "../../fixtures/notification.ts";
import { aPhoto } from "../../fixtures/photo.ts";
import { aTraining } from "../../fixtures/training.ts";
import { valueOf } from "../../results/value-of.ts";
import { foreignText } from "./awkward.ts";
import { storedAvatar, type CreateStore } from "./stored.ts";

const states: AvatarState[] = [
  { status: "draft" },
  { status: "training", trainingId: "training-1" },
  { status: "training", trainingId: "training-2", servingTrainingId: "training-1" },
  { status: "failed", trainingId: "training-1", reason: "provider_timeout" },
  { status: "ready", trainingId: "training-1" },
];

export function describeAvatarRepository(create: CreateStore): void {
  describe("avatars", () => {
    it.each(states)("gives back every field of an avatar in $status", async (state) => {
      const { avatars } = await create();
      const avatar = anAvatar({
        state,
        name: foreignText,
        ownerId: `owner:${foreignText}`,
        gender: "female",
        photosTaken: 7,
      });
      expect(await avatars.save(avatar)).toStrictEqual(ok({ ...avatar, version: 1 }));
      expect(await avatars.find(avatar.id)).toStrictEqual(ok({ ...avatar, version: 1 }));
    });

    it("knows nothing of an id that was never saved", async () => {
      const { avatars } = await create();
      expect(await avatars.find("nobody")).toStrictEqual(ok(undefined));
      expect(await avatars.hold("nobody")).toStrictEqual(ok(undefined));
    });

    it("refuses to insert an id that is there", async () => {
      const store = await create();
      const { id } = await storedAvatar(store);
      expect(await store.avatars.save(anAvatar({ id }))).toStrictEqual(err({ type: "already-exists", rule: "id" }));
    });

    it("replaces exactly the version that was read", async () => {
      const store = await create();
      const read = await storedAvatar(store);
      const renamed = await valueOf(
        store.avatars.save({ ...read, name: "Grace", updatedAt: addSeconds(testStart, 5) }),
      );
      expect(renamed).toStrictEqual({ ...read, name: "Grace", updatedAt: addSeconds(testStart, 5), version: 2 });

      const conflict = err({ type: "version-conflict", entity: "avatar", id: read.id });
      expect(await store.avatars.save({ ...read, name: "late" })).toStrictEqual(conflict);
      expect(await store.avatars.save({ ...read, name: "early", version: 3 })).toStrictEqual(conflict);
      expect(await store.avatars.find(read.id)).toStrictEqual(ok(renamed));
    });

    it("does not bring back what was deleted", async () => {
      const store = await create();
      const avatar = await storedAvatar(store);
      await valueOf(store.avatars.delete(avatar.id));
      const conflict = err({ type: "version-conflict", entity: "avatar", id: avatar.id });
      expect(await store.avatars.save(avatar)).toStrictEqual(conflict);
    });

    it("lets exactly one of ten concurrent writers win", async () => {
      const store = await create();
      const avatar = await storedAvatar(store);
      const results = await Promise.all(
        Array.from({ length: 10 }, (_, index) => store.avatars.save({ ...avatar, name: `writer ${index}` })),
      );
      const winner = results.find((result) => result.isOk());
      expect(results.filter((result) => result.isOk())).toHaveLength(1);
      expect(await store.avatars.find(avatar.id)).toStrictEqual(winner);
    });

    it("holds an avatar without counting its version up", async () => {
      const store = await create();
      const avatar = await storedAvatar(store);
      expect(await store.atomically((tx) => tx.avatars.hold(avatar.id))).toStrictEqual(ok(avatar));
      expect(await store.avatars.find(avatar.id)).toStrictEqual(ok(avatar));
    });

    it("lists an owner's avatars, oldest first, and no other owner's", async () => {
      const store = await create();
      const later = await storedAvatar(store, { createdAt: addSeconds(testStart, 60) });
      const earlier = await storedAvatar(store, { createdAt: testStart });
      await storedAvatar(store, { ownerId: "owner:2" });
      expect(await store.avatars.listByOwner("owner:1")).toStrictEqual(ok([earlier, later]));
      expect(await store.avatars.listByOwner("owner")).toStrictEqual(ok([]));
    });

    it("deletes an avatar with everything that is its own, and nothing else", async () => {
      const store = await create();
      const [avatar, other] = [await storedAvatar(store), await storedAvatar(store)];
      const rowsOf = async (avatarId: string) => ({
        photo: await valueOf(store.photos.save(aPhoto({ avatarId }))),
        training: await valueOf(store.orders.save(aTraining("succeeded", { avatarId }))),
      });
      const [gone, kept] = [await rowsOf(avatar.id), await rowsOf(other.id)];
      const notification = aNotification({ avatarId: avatar.id, orderId: gone.training.id });
      await valueOf(store.outbox.insert(notification));

      expect(await store.avatars.delete(avatar.id)).toStrictEqual(ok(undefined));
      expect(await store.avatars.delete(avatar.id)).toStrictEqual(ok(undefined));
      expect(await store.avatars.find(avatar.id)).toStrictEqual(ok(undefined));
      expect(await store.photos.find(gone.photo.id)).toStrictEqual(ok(undefined));
      expect(await store.orders.find(gone.training.id)).toStrictEqual(ok(undefined));
      expect(await store.outbox.find(notification.id)).toStrictEqual(ok(undefined));
      expect(await store.photos.find(kept.photo.id)).toStrictEqual(ok(kept.photo));
      expect(await store.orders.find(kept.training.id)).toStrictEqual(ok(kept.training));
    });
  });
}
