import type { AvatarRepository, Avatar } from "@likeness/core";
import { ok } from "neverthrow";
import type { RunStep } from "./memory-database.ts";
import { rowsBy, saveRow, type RowKind } from "./rows.ts";

const avatarRows: RowKind<Avatar> = {
  entity: "avatar",
  id: (avatar) => avatar.id,
  rules: [["avatar-main", (avatar) => (avatar.main ? avatar.ownerId : undefined)]],
};

export const memoryAvatars = (run: RunStep): AvatarRepository => ({
  find: (id) => run(({ avatars }) => ok(avatars.get(id))),
  // Nothing to lock, because transactions run one after the other.
  hold: (id) => run(({ avatars }) => ok(avatars.get(id))),
  save: (avatar) => run(({ avatars }) => saveRow(avatars, avatar, avatarRows)),
  listByOwner: (ownerId) =>
    run(({ avatars }) =>
      ok(
        rowsBy(
          avatars,
          (avatar) => avatar.ownerId === ownerId,
          (avatar) => avatar.createdAt + avatar.id,
        ),
      ),
    ),
  setMain: (ownerId, id) =>
    run(({ avatars }) => {
      if (avatars.get(id)?.ownerId !== ownerId) return ok(undefined);
      for (const avatar of avatars.values()) {
        const main = avatar.id === id;
        if (avatar.ownerId === ownerId && avatar.main !== main)
          avatars.set(avatar.id, { ...avatar, main, version: avatar.version + 1 });
      }
      return ok(undefined);
    }),
  delete: (id) =>
    run((tables) => {
      tables.avatars.delete(id);
      const orders = new Set(
        [...tables.orders.values()].filter(({ avatarId }) => avatarId === id).map((row) => row.id),
      );
      for (const { id: deliveryId, orderId } of tables.inbox.values())
        if (orderId !== undefined && orders.has(orderId)) tables.inbox.delete(deliveryId);
      for (const rows of [tables.photos, tables.orders, tables.pictures, tables.outbox])
        for (const row of rows.values()) if (row.avatarId === id) rows.delete(row.id);
      return ok(undefined);
    }),
});
