import type { ListNeedError, Need, Needs, TellOrderError } from "@likeness/core";
import { err, ok, type ResultAsync } from "neverthrow";
import { digestOf } from "../chat/digest.ts";
import { needRows, orderFacts, type Fact, type NeedRow } from "./need-rows.ts";
import type { ActSubject, ChatAct } from "./operator-acts.ts";
import type { Target } from "./operator-data.ts";
import type { OperatorPorts } from "./operator-ports.ts";
import { mostRows } from "./show-list.ts";

/** A row as the chat tells it. */
export interface Found {
  readonly target: Target;
  readonly subject: ActSubject;
  readonly facts: readonly Fact[];
  readonly acts: readonly ChatAct[];
  /** The order that a row of a list is about. */
  readonly orderId?: string | undefined;
  /** Of an order: what happened, oldest first. */
  readonly events: readonly {
    readonly at: string;
    readonly of: string;
    readonly what: string;
    readonly detail?: string | undefined;
  }[];
}

/** It is not among the newest of its list any more. */
export interface RowGone {
  readonly type: "row-gone";
}

export type FindTargetError = ListNeedError | TellOrderError | RowGone;

/** Finds what a button is about; it may have been handled since the button was drawn. */
export const findTarget = (ports: OperatorPorts, target: Target): ResultAsync<Found, FindTargetError> =>
  target.list === undefined
    ? ports.commands.order({ orderId: target.orderId }).map(({ order, acts, events }) => ({
        target,
        subject: { type: "order", id: order.id },
        facts: orderFacts(order),
        acts,
        events,
      }))
    : findRow(ports, target, target.list);

const findRow = (
  { commands }: OperatorPorts,
  target: Target & { readonly digest: string },
  need: Need,
): ResultAsync<Found, ListNeedError | RowGone> =>
  commands.list<Need>({ need, limit: mostRows }).andThen(({ items }) => {
    const look: NeedRow<Needs[Need]> = needRows[need];
    const row = items.find((item) => digestOf(look.subjectOf(item).id) === target.digest);
    if (row === undefined) return err<Found, RowGone>({ type: "row-gone" });
    return ok({
      target,
      subject: look.subjectOf(row),
      facts: look.factsOf(row),
      acts: look.acts,
      orderId: look.orderOf(row),
      events: [],
    });
  });
