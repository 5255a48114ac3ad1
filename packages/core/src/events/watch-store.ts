import { okAsync, type ResultAsync } from "neverthrow";
import { extended } from "../ports/extended.ts";
import type { InboxRepository } from "../ports/inbox-repository.ts";
import type { OrderRepository } from "../ports/order-repository.ts";
import type { Log } from "../ports/log.ts";
import type { SaveError, StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories, Store } from "../ports/store.ts";
import {
  avatarChange,
  deliveryChange,
  idsOfDelivery,
  messageChange,
  orderChange,
  photoChange,
  pictureChange,
  type Change,
  type DeliveryIds,
  type Describe,
} from "./changes.ts";
import { publish } from "./trace.ts";

type Tell = (change: Change | undefined) => void;

/** A store that logs changed states at `info` and publishes those of orders and webhooks, after the commit. */
export function watchStore(store: Store, log: Log): Store {
  const tell: Tell = (change) => {
    if (!change) return;
    if (change.line) log.info(change.line.fields, change.line.message);
    if (change.order) publish("order", change.order);
    if (change.delivery) publish("delivery", change.delivery);
  };
  return extended(store, {
    ...changesOf(store, tell),
    atomically: (work) => {
      let changes: (Change | undefined)[] = [];
      const committed = store.atomically((tx) => {
        // A store may run the work once more after a conflict.
        changes = [];
        return work(
          extended(
            tx,
            changesOf(tx, (change) => changes.push(change)),
          ),
        );
      });
      return committed.andTee(() => changes.forEach(tell));
    },
  });
}

/** The repositories whose changes are told. */
function changesOf(repositories: Repositories, tell: Tell): Partial<Repositories> {
  const { avatars, photos, orders, pictures, inbox, outbox } = repositories;
  return {
    avatars: extended(avatars, {
      ...watchedRows(avatars, avatarChange, tell).rows,
      delete: (avatarId) =>
        avatars.delete(avatarId).andTee(() => tell({ line: { message: "avatar erased", fields: { avatarId } } })),
    }),
    photos: extended(photos, {
      ...watchedRows(photos, photoChange, tell).rows,
      delete: (photoId) =>
        photos.delete(photoId).andTee(() => tell({ line: { message: "photo removed", fields: { photoId } } })),
    }),
    orders: watchedOrders(orders, tell),
    pictures: extended(pictures, {
      save: (picture) => pictures.save(picture).andTee(() => tell(pictureChange(picture))),
      delete: (pictureId) =>
        pictures
          .delete(pictureId)
          .andTee(() => tell({ line: { message: "picture removed", fields: { orderId: pictureId } } })),
    }),
    inbox: extended(inbox, watchedDeliveries(inbox, tell)),
    outbox: extended(outbox, {
      ...watchedRows(outbox, messageChange, tell).rows,
      insert: (message) =>
        outbox.insert(message).andTee((outcome) => outcome === "new" && tell(messageChange(message, undefined))),
    }),
  };
}

/** An order that is held is seen as one that is found is. */
function watchedOrders(orders: OrderRepository, tell: Tell): OrderRepository {
  const { hold } = orders;
  const { rows, remember } = watchedRows(orders, orderChange, tell);
  return extended(orders, { ...rows, ...(hold && { hold: (id) => hold.call(orders, id).andTee(remember) }) });
}

/** Outcomes are told with the ids of the delivery, which was mostly found in the same transaction a moment ago. */
function watchedDeliveries(inbox: InboxRepository, tell: Tell): Pick<InboxRepository, "find" | "settle"> {
  let found: DeliveryIds | undefined;
  const before = (id: string): ResultAsync<DeliveryIds | undefined, StorageFailure> =>
    found?.id === id ? okAsync(found) : inbox.find(id).map((delivery) => delivery && idsOfDelivery(delivery));
  return {
    find: (id) => inbox.find(id).andTee((delivery) => (found = delivery && idsOfDelivery(delivery))),
    settle: (id, outcome, at) =>
      before(id).andThen((ids) =>
        inbox.settle(id, outcome, at).andTee(() => {
          found = undefined;
          tell(deliveryChange(ids, outcome));
        }),
      ),
  };
}

interface Rows<R> {
  find(id: string): ResultAsync<R | undefined, StorageFailure>;
  save(row: R): ResultAsync<R, SaveError>;
}

type Versioned = { readonly id: string; readonly version: number; readonly state: { readonly status: string } };

interface WatchedRows<R> {
  readonly rows: Rows<R>;
  /** For a row that was read in another way than by `find`. */
  remember(row: R | undefined): void;
}

/** Jobs that run at once find and save their rows in turns; more than this many rarely do. */
const remembered = 64;

/**
 * Rows whose saves are told, with the state before. That was mostly found or saved a moment ago; otherwise it is read
 * again. As a save replaces exactly one version, it is the one before.
 */
function watchedRows<R extends Versioned>(rows: Rows<R>, describe: Describe<R>, tell: Tell): WatchedRows<R> {
  const seen = new Map<string, R>();
  const remember = (row: R | undefined): void => {
    if (!row) return;
    seen.delete(row.id);
    seen.set(row.id, row);
    for (const oldest of seen.keys()) {
      if (seen.size <= remembered) break;
      seen.delete(oldest);
    }
  };
  const before = ({ id, version }: R): ResultAsync<R | undefined, StorageFailure> => {
    if (version === 0) return okAsync(undefined);
    const known = seen.get(id);
    return known?.version === version ? okAsync(known) : rows.find(id);
  };
  return {
    remember,
    rows: {
      find: (id) => rows.find(id).andTee(remember),
      save: (row) =>
        before(row).andThen((old) =>
          rows.save(row).andTee((saved) => {
            remember(saved);
            tell(describe(saved, old));
          }),
        ),
    },
  };
}
