import type { Log, Repositories, SaveError, StorageFailure, Store } from "@likeness/core";
import { okAsync, type ResultAsync } from "neverthrow";
import {
  avatarChange,
  messageChange,
  orderChange,
  photoChange,
  pictureChange,
  type Change,
  type Describe,
} from "./changes.ts";

type Tell = (change: Change | undefined) => void;

/** A store that logs changed states, after the commit. */
export function logChanges(store: Store, log: Log): Store {
  const tell: Tell = (change) => change && log.info(change.fields, change.message);
  return {
    ...watched(store, tell),
    atomically: (work) => {
      const changes: (Change | undefined)[] = [];
      const committed = store.atomically((tx) => work(watched(tx, (change) => changes.push(change))));
      return committed.andTee(() => changes.forEach(tell));
    },
  };
}

function watched(repositories: Repositories, tell: Tell): Repositories {
  const { avatars, photos, orders, pictures, outbox } = repositories;
  return {
    ...repositories,
    avatars: {
      ...avatars,
      save: watchedSave(avatars, avatarChange, tell),
      delete: (avatarId) =>
        avatars.delete(avatarId).andTee(() => tell({ message: "avatar erased", fields: { avatarId } })),
    },
    photos: {
      ...photos,
      save: watchedSave(photos, photoChange, tell),
      delete: (photoId) => photos.delete(photoId).andTee(() => tell({ message: "photo removed", fields: { photoId } })),
    },
    orders: { ...orders, save: watchedSave(orders, orderChange, tell) },
    pictures: {
      ...pictures,
      save: (picture) => pictures.save(picture).andTee(() => tell(pictureChange(picture))),
      delete: (pictureId) =>
        pictures.delete(pictureId).andTee(() => tell({ message: "picture removed", fields: { orderId: pictureId } })),
    },
    outbox: {
      ...outbox,
      save: watchedSave(outbox, messageChange, tell),
      insert: (message) =>
        outbox.insert(message).andTee((outcome) => outcome === "new" && tell(messageChange(message, undefined))),
    },
  };
}

interface Rows<R> {
  find(id: string): ResultAsync<R | undefined, StorageFailure>;
  save(row: R): ResultAsync<R, SaveError>;
}

type Versioned = { readonly id: string; readonly version: number; readonly state: { readonly status: string } };

/** Reads the row before it is saved. As a save replaces exactly one version, this is the previous state. */
const watchedSave =
  <R extends Versioned>(rows: Rows<R>, describe: Describe<R>, tell: Tell) =>
  (row: R): ResultAsync<R, SaveError> => {
    const before = row.version === 0 ? okAsync(undefined) : rows.find(row.id);
    return before.andThen((found) => rows.save(row).andTee((saved) => tell(describe(saved, found))));
  };
