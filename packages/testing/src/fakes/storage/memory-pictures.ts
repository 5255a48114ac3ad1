import type { Picture, PictureFilter, PictureRepository } from "@likeness/core";
import { ok } from "neverthrow";
import type { RunStep } from "./memory-database.ts";
import { belongsToAvatar, rowsBy, saveRow, type RowKind } from "./rows.ts";
import type { Tables } from "./tables.ts";

const pictureRows: RowKind<Picture> = { entity: "picture", id: (picture) => picture.id, rules: [] };

const age = (picture: Picture): string => picture.createdAt + picture.id;

const newestFirst = ({ pictures }: Tables, { ownerId, avatarId, favourites }: PictureFilter): Picture[] =>
  rowsBy(
    pictures,
    (picture) =>
      picture.ownerId === ownerId &&
      (avatarId === undefined || picture.avatarId === avatarId) &&
      (!favourites || picture.favourite),
    age,
  ).toReversed();

export const memoryPictures = (run: RunStep): PictureRepository => ({
  find: (id) => run(({ pictures }) => ok(pictures.get(id))),
  findMany: (ids) => run(({ pictures }) => ok(ids.flatMap((id) => pictures.get(id) ?? []))),
  save: (picture) =>
    run((tables) =>
      belongsToAvatar(tables, picture.avatarId).andThen(() => saveRow(tables.pictures, picture, pictureRows)),
    ),
  delete: (id) =>
    run(({ pictures }) => {
      pictures.delete(id);
      return ok(undefined);
    }),
  list: (filter, { limit, olderThan }) =>
    run((tables) => {
      const all = newestFirst(tables, filter);
      if (olderThan === undefined) return ok(all.slice(0, limit));
      const newer = tables.pictures.get(olderThan);
      return ok(newer ? all.filter((picture) => age(picture) < age(newer)).slice(0, limit) : []);
    }),
  positionOf: (filter, id) =>
    run((tables) => {
      const all = newestFirst(tables, filter);
      const index = all.findIndex((picture) => picture.id === id);
      if (index < 0) return ok(undefined);
      const [newerId, olderId] = [all[index - 1]?.id, all[index + 1]?.id];
      return ok({ position: index + 1, total: all.length, newerId, olderId });
    }),
});
