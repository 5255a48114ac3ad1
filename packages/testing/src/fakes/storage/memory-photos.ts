import type { Order, Photo, PhotoRepository } from "@likeness/core";
import { ok } from "neverthrow";
import type { RunStep } from "./memory-database.ts";
import { belongsToAvatar, isBefore, rowsBy, saveRow, type RowKind } from "./rows.ts";

const photoRows: RowKind<Photo> = {
  entity: "photo",
  id: (photo) => photo.id,
  rules: [
    [
      "photo-sha256",
      ({ avatarId, state }) => (state.status === "accepted" ? `${avatarId} ${state.facts.sha256}` : undefined),
    ],
    ["photo-reference", ({ avatarId, reference }) => reference && `${avatarId} ${reference.key}`],
    ["photo-number", ({ avatarId, number }) => `${avatarId} ${number}`],
  ],
};

export const memoryPhotos = (run: RunStep): PhotoRepository => ({
  find: (id) => run(({ photos }) => ok(photos.get(id))),
  listByAvatar: (avatarId) =>
    run(({ photos }) =>
      ok(
        [...photos.values()]
          .filter((photo) => photo.avatarId === avatarId)
          .toSorted((left, right) => left.number - right.number),
      ),
    ),
  save: (photo) =>
    run((tables) => belongsToAvatar(tables, photo.avatarId).andThen(() => saveRow(tables.photos, photo, photoRows))),
  delete: (id) =>
    run(({ photos }) => {
      photos.delete(id);
      return ok(undefined);
    }),
  pendingBefore: (moment, limit) =>
    run(({ photos }) =>
      ok(
        rowsBy(
          photos,
          ({ state, createdAt }) => state.status === "pending" && isBefore(createdAt, moment),
          (photo) => photo.createdAt + photo.id,
        ).slice(0, limit),
      ),
    ),
  avatarsTrainedBefore: (moment, limit) =>
    run(({ avatars, orders, photos }) => {
      const trained = rowsBy(
        orders,
        ({ state, kind }) => kind === "training" && "finishedAt" in state && isBefore(state.finishedAt, moment),
        ({ state, id }) => ("finishedAt" in state ? state.finishedAt : "") + id,
      );
      const isReady = (order: Order): boolean => {
        const avatar = avatars.get(order.avatarId);
        if (avatar?.state.status !== "ready" || avatar.state.trainingId !== order.id) return false;
        return order.state.status === "succeeded" || isBefore(avatar.updatedAt, moment);
      };
      const hasOld = (avatarId: string): boolean =>
        [...photos.values()].some((photo) => photo.avatarId === avatarId && isBefore(photo.createdAt, moment));
      const found = trained.filter((order) => isReady(order) && hasOld(order.avatarId));
      return ok(found.map(({ avatarId }) => avatarId).slice(0, limit));
    }),
  usesBlob: (key) =>
    run(({ photos }) =>
      ok([...photos.values()].some(({ state }) => state.status === "accepted" && state.blobKey === key)),
    ),
});
