import { createLikeness } from "@likeness/core";
import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { valueOf } from "../results/value-of.ts";
import { photoBytes } from "../fixtures/photo-bytes.ts";
import { someProfiles } from "../fixtures/profile.ts";
import { owner, openStage, type CreateStorage } from "./stage.ts";

const command = { actor: owner, kind: "style", gender: "female", name: "  Әлия *_[<& 👩‍👧  " } as const;

const chosenId = "0192f0c1-2345-7890-abcd-ef0123456789";

export function describeAvatars(create: CreateStorage): void {
  describe("avatars", () => {
    it("begins as a draft under exactly the name it was given", async () => {
      const { likeness, avatar } = await openStage(create);
      const created = await valueOf(likeness.avatars.create(command));
      expect(created).toMatchObject({ ownerId: owner, name: "Әлия *_[<& 👩‍👧", state: { status: "draft" }, main: false });
      expect(await avatar(created.id)).toStrictEqual(created);
    });

    it("begins none of a kind that the host does not offer, and trains none that it offered before", async () => {
      const { likeness, ports } = await openStage(create);
      const old = await valueOf(likeness.avatars.create(command));
      const { portrait } = someProfiles();
      const portraits = createLikeness({ ...ports, profiles: { portrait } });
      const unavailable = err({ type: "kind-unavailable", kind: "style" });
      expect(await portraits.avatars.create(command)).toStrictEqual(unavailable);
      expect(await portraits.trainings.start({ actor: owner, avatarId: old.id })).toStrictEqual(unavailable);
      expect(await portraits.avatars.list({ actor: owner })).toMatchObject({ value: [{ avatar: { id: old.id } }] });
      await valueOf(portraits.avatars.create({ ...command, kind: "portrait" }));
    });

    it("refuses a bad name and stores nothing", async () => {
      const { likeness } = await openStage(create);
      expect(await likeness.avatars.create({ ...command, name: "x" })).toMatchObject({
        error: { type: "invalid-name" },
      });
      expect(await likeness.avatars.list({ actor: owner })).toStrictEqual(ok([]));
    });

    it("refuses a bad name for an avatar that has a good one", async () => {
      const { likeness, draft, avatar } = await openStage(create);
      const { id: avatarId } = await draft(0);
      expect(await likeness.avatars.rename({ actor: owner, avatarId, name: "x" })).toMatchObject({
        error: { type: "invalid-name" },
      });
      expect((await avatar(avatarId))?.name).toBe("Ada");
    });

    it("has room for fifty avatars of one owner and not for one more", async () => {
      const { likeness } = await openStage(create);
      for (let count = 0; count < 50; count++) await valueOf(likeness.avatars.create(command));
      expect(await likeness.avatars.create(command)).toStrictEqual(err({ type: "avatar-limit-reached", maximum: 50 }));
      await valueOf(likeness.avatars.create({ ...command, actor: "owner:2" }));
    });

    it("begins one avatar when its maker chose the id and asks again, though there is no room for another", async () => {
      const { likeness, store } = await openStage(create, { policy: { avatarsPerOwner: 1 } });
      const created = await valueOf(likeness.avatars.create({ ...command, id: chosenId }));
      expect(created.id).toBe(chosenId);
      const renamed = await valueOf(likeness.avatars.rename({ actor: owner, avatarId: chosenId, name: "Bob" }));
      expect(await likeness.avatars.create({ ...command, id: chosenId, kind: "portrait" })).toStrictEqual(ok(renamed));
      expect(await store.avatars.listByOwner(owner)).toStrictEqual(ok([renamed]));
    });

    it("begins one avatar when its maker asks twice at once", async () => {
      const { likeness, store } = await openStage(create);
      const [left, right] = await Promise.all([1, 2].map(() => likeness.avatars.create({ ...command, id: chosenId })));
      expect(left).toStrictEqual(right);
      expect(await store.avatars.listByOwner(owner)).toStrictEqual(left?.map((avatar) => [avatar]));
    });

    it("answers a chosen id that another owner's avatar has like a missing one", async () => {
      const { likeness, avatar } = await openStage(create);
      const created = await valueOf(likeness.avatars.create({ ...command, id: chosenId }));
      expect(await likeness.avatars.create({ ...command, actor: "owner:2", id: chosenId })).toStrictEqual(
        err({ type: "avatar-not-found", avatarId: chosenId }),
      );
      expect(await avatar(chosenId)).toStrictEqual(created);
      expect(await likeness.avatars.list({ actor: "owner:2" })).toStrictEqual(ok([]));
    });

    it("renames, makes main, and lists what a person wants to see", async () => {
      const { likeness, draft } = await openStage(create);
      const first = await draft(2);
      const second = await draft(0);
      await valueOf(likeness.avatars.setMain({ actor: owner, avatarId: first.id }));
      await valueOf(likeness.avatars.setMain({ actor: owner, avatarId: second.id }));
      await valueOf(likeness.avatars.rename({ actor: owner, avatarId: second.id, name: "Bob" }));
      const listed = await valueOf(likeness.avatars.list({ actor: owner }));
      expect(
        listed.map(({ avatar, readiness, photos }) => [avatar.name, avatar.main, readiness.accepted, photos.length]),
      ).toStrictEqual([
        ["Ada", false, 2, 2],
        ["Bob", true, 0, 0],
      ]);
      const viewed = await Promise.all(
        [first, second].map(({ id }) => likeness.avatars.view({ actor: owner, avatarId: id })),
      );
      expect(viewed).toStrictEqual(listed.map((overview) => ok(overview)));
    });

    it("answers another owner's id in any command exactly like one that never was", async () => {
      const { likeness, draft, store } = await openStage(create);
      const { id } = await draft(3);
      const before = await valueOf(store.avatars.find(id));
      const [photo] = await valueOf(store.photos.listByAvatar(id));
      const commands = (avatarId: string, photoId: string, actor: string) =>
        Promise.all([
          likeness.avatars.view({ actor, avatarId }),
          likeness.avatars.rename({ actor, avatarId, name: "Mallory" }),
          likeness.avatars.setMain({ actor, avatarId }),
          likeness.photos.add({ actor, avatarId, bytes: photoBytes() }),
          likeness.photos.submit({ actor, avatarId, reference: { locator: "file", key: "message" } }),
          likeness.trainings.start({ actor, avatarId }),
          likeness.trainings.cancel({ actor, avatarId }),
          likeness.avatars.erase({ actor, avatarId }),
          likeness.photos.remove({ actor, photoId }),
        ]);
      const missingAvatar = "00000000-0000-7000-8000-0000000000fe";
      const missingPhoto = "00000000-0000-7000-8000-0000000000ff";
      const toMissing = JSON.stringify(await commands(missingAvatar, missingPhoto, owner));
      const toForeign = JSON.stringify(await commands(id, photo?.id ?? "", "owner:2"));
      expect(toForeign).toBe(toMissing.replaceAll(missingAvatar, id).replaceAll(missingPhoto, photo?.id ?? ""));
      expect(toForeign.match(/-not-found/g)).toHaveLength(9);
      expect(await valueOf(store.avatars.find(id))).toStrictEqual(before);
      expect(await valueOf(store.photos.listByAvatar(id))).toHaveLength(3);
    });

    it("erases everything of an avatar, and leaves what others still need", async () => {
      const { likeness, draft, blobs, store, time } = await openStage(create);
      const { id } = await draft(2);
      const { id: other } = await draft(0);
      const shared = photoBytes();
      await valueOf(likeness.photos.add({ actor: owner, avatarId: id, bytes: shared }));
      const kept = await valueOf(likeness.photos.add({ actor: owner, avatarId: other, bytes: shared }));
      expect(blobs.blobs.size).toBe(3);
      await valueOf(likeness.avatars.erase({ actor: owner, avatarId: id }));
      await time.until("its bytes are gone", () => blobs.blobs.size === 1);
      expect(kept.state.status === "accepted" && blobs.blobs.has(kept.state.blobKey)).toBe(true);
      expect(await store.avatars.find(id)).toStrictEqual(ok(undefined));
      expect(await store.photos.listByAvatar(id)).toStrictEqual(ok([]));
    });
  });
}
