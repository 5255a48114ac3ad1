import { describe, expect, it } from "vitest";
import type { Avatar, Photo, Repositories, SaveError } from "@likeness/core";
import { err, errAsync, ok, ResultAsync, safeTry } from "neverthrow";
import { anAvatar } from "../../fixtures/avatar.ts";
import { aNotification } from "../../fixtures/notification.ts";
import { aPhoto } from "../../fixtures/photo.ts";
import { aSession } from "../../fixtures/session.ts";
import { valueOf } from "../../results/value-of.ts";
import { storedAvatar, type CreateStore } from "./stored.ts";

/** Writes rows of which either all must be stored or none. */
const severalRows = () => {
  const avatar = anAvatar();
  return {
    avatar,
    photo: aPhoto({ avatarId: avatar.id }),
    notification: aNotification({ avatarId: avatar.id }),
    session: aSession(),
  };
};

const writeAll = (tx: Repositories, rows: ReturnType<typeof severalRows>): ResultAsync<"written", SaveError> =>
  tx.avatars
    .save(rows.avatar)
    .andThen(() => tx.photos.save(rows.photo))
    .andThen(() => tx.outbox.insert(rows.notification))
    .andThen(() => tx.sessions.save(rows.session))
    .map(() => "written" as const);

const found = async (repositories: Repositories, rows: ReturnType<typeof severalRows>) => [
  (await valueOf(repositories.avatars.find(rows.avatar.id))) !== undefined,
  (await valueOf(repositories.photos.find(rows.photo.id))) !== undefined,
  (await valueOf(repositories.outbox.find(rows.notification.id))) !== undefined,
  (await valueOf(repositories.sessions.find(rows.session.key))) !== undefined,
];

const all = [true, true, true, true];
const none = [false, false, false, false];

export function describeTransactions(create: CreateStore): void {
  describe("atomically", () => {
    it("commits what was written and returns what the work returned", async () => {
      const store = await create();
      const rows = severalRows();
      expect(await store.atomically((tx) => writeAll(tx, rows))).toStrictEqual(ok("written"));
      expect(await found(store, rows)).toStrictEqual(all);
    });

    it("reads its own writes", async () => {
      const store = await create();
      const avatar = anAvatar();
      const read = await store.atomically((tx) => tx.avatars.save(avatar).andThen(() => tx.avatars.find(avatar.id)));
      expect(read).toStrictEqual(ok({ ...avatar, version: 1 }));
    });

    it("rolls everything back on an Err, and returns that Err", async () => {
      const store = await create();
      const rows = severalRows();
      const changed = await storedAvatar(store);
      const outcome = await store.atomically((tx) =>
        writeAll(tx, rows)
          .andThen(() => tx.avatars.save({ ...changed, name: "never" }))
          .andThen(() => errAsync({ type: "changed-my-mind" })),
      );
      expect(outcome).toStrictEqual(err({ type: "changed-my-mind" }));
      expect(await found(store, rows)).toStrictEqual(none);
      expect(await store.avatars.find(changed.id)).toStrictEqual(ok(changed));
    });

    it("rolls everything back when a constraint refuses the last row", async () => {
      const store = await create();
      const rows = severalRows();
      const { id } = await storedAvatar(store);
      const outcome = await store.atomically((tx) =>
        writeAll(tx, rows).andThen(() => tx.avatars.save(anAvatar({ id }))),
      );
      expect(outcome).toStrictEqual(err({ type: "already-exists", rule: "id" }));
      expect(await found(store, rows)).toStrictEqual(none);
    });

    it.each([
      ["throws at once", (): ResultAsync<never, never> => thrown()],
      ["throws later", (tx: Repositories, rows: ReturnType<typeof severalRows>) => writeAll(tx, rows).map(thrown)],
    ])("rolls everything back when the work %s, and goes on afterwards", async (_, work) => {
      const store = await create();
      const rows = severalRows();
      // Whether it rejects or answers `storage-failure` is the store's choice; that it does not succeed is not.
      const outcome = await Promise.resolve(store.atomically((tx) => work(tx, rows))).catch(() => err("rejected"));
      expect(outcome.isErr()).toBe(true);
      expect(await found(store, rows)).toStrictEqual(none);
      expect(await store.atomically((tx) => writeAll(tx, rows))).toStrictEqual(ok("written"));
    });

    it("loses no update of twenty that hold, read, decide and write the same avatar in parallel", async () => {
      const store = await create();
      const avatar = await storedAvatar(store);
      const results = await Promise.all(
        Array.from({ length: 20 }, () => store.atomically((tx) => takePhoto(tx, avatar.id))),
      );
      expect(results.filter((result) => result.isErr())).toStrictEqual([]);
      expect(await valueOf(store.avatars.find(avatar.id))).toMatchObject({ photosTaken: 20 });
      const photos = await valueOf(store.photos.listByAvatar(avatar.id));
      expect(photos.map((photo) => photo.number)).toStrictEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    });

    it("lets transactions on different avatars of an owner both succeed", async () => {
      const store = await create();
      const [left, right] = [await storedAvatar(store), await storedAvatar(store)];
      const results = await Promise.all(
        [left, right, left, right].map(({ id }) => store.atomically((tx) => takePhoto(tx, id))),
      );
      expect(results.map((result) => result.isOk())).toStrictEqual(all);
    });
  });
}

const takePhoto = (tx: Repositories, avatarId: string): ResultAsync<[Avatar, Photo], SaveError | "gone"> =>
  safeTry(async function* () {
    const avatar = yield* tx.avatars.hold(avatarId);
    if (!avatar) return err("gone" as const);
    const number = avatar.photosTaken + 1;
    const saved = yield* tx.avatars.save({ ...avatar, photosTaken: number });
    const photo = yield* tx.photos.save(aPhoto({ avatarId, number }));
    return ok<[Avatar, Photo]>([saved, photo]);
  });

const thrown = (): never => {
  throw new Error("a mistake of the work");
};
