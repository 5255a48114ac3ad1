import type { InboxDelivery, InboxRepository } from "@likeness/core";
import { ok } from "neverthrow";
import { copyOf } from "./copy-of.ts";
import type { RunStep } from "./memory-database.ts";
import { isBefore, rowsBy } from "./rows.ts";
import type { Tables } from "./tables.ts";

const isSame = (left: InboxDelivery, right: InboxDelivery): boolean =>
  left.source === right.source && left.requestId === right.requestId && left.digest === right.digest;

const nothingLeft = { headers: {}, body: new Uint8Array() } as const;

/** Whether it was stored before, or is stored now. */
function insert({ inbox }: Tables, delivery: InboxDelivery): "new" | "known" {
  if ([...inbox.values()].some((other) => isSame(other, delivery))) return "known";
  inbox.set(delivery.id, copyOf(delivery));
  return "new";
}

export const memoryInbox = (run: RunStep): InboxRepository => ({
  insert: (delivery) => run((tables) => ok(insert(tables, delivery))),
  insertMany: (deliveries) => run((tables) => ok(deliveries.map((delivery) => insert(tables, delivery)))),
  find: (id) => run(({ inbox }) => ok(inbox.get(id))),
  settle: (id, outcome, at) =>
    run(({ inbox }) => {
      const delivery = inbox.get(id);
      if (delivery && !delivery.outcome) inbox.set(id, { ...delivery, ...nothingLeft, outcome, settledAt: at });
      return ok(undefined);
    }),
  delete: (id) =>
    run(({ inbox }) => {
      inbox.delete(id);
      return ok(undefined);
    }),
  countUnverified: (orderId) =>
    run(({ inbox }) => {
      const waits = (delivery: InboxDelivery) =>
        delivery.orderId === orderId && !delivery.verified && !delivery.outcome;
      return ok([...inbox.values()].filter(waits).length);
    }),
  unsettledBefore: (moment, limit) =>
    run(({ inbox }) =>
      ok(
        rowsBy(
          inbox,
          (delivery) => !delivery.outcome && isBefore(delivery.receivedAt, moment),
          (delivery) => delivery.receivedAt + delivery.id,
        ).slice(0, limit),
      ),
    ),
  unsettledOf: (ownerId, since, limit) =>
    run(({ inbox }) => {
      const isWanted = (delivery: InboxDelivery) =>
        delivery.ownerId === ownerId && !delivery.outcome && !isBefore(delivery.receivedAt, since);
      return ok(rowsBy(inbox, isWanted, (delivery) => delivery.receivedAt + delivery.id).slice(0, limit));
    }),
  eraseOwner: (ownerId, at) =>
    run(({ inbox }) => {
      for (const { ownerId: its, ...delivery } of inbox.values())
        if (its === ownerId)
          inbox.set(delivery.id, {
            ...delivery,
            ...nothingLeft,
            outcome: delivery.outcome ?? "erased",
            settledAt: delivery.settledAt ?? at,
          });
      return ok(undefined);
    }),
  purge: (settledBefore) =>
    run(({ inbox }) => {
      for (const delivery of inbox.values()) if (isBefore(delivery.settledAt, settledBefore)) inbox.delete(delivery.id);
      return ok(undefined);
    }),
});
